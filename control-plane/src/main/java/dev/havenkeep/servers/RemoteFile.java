package dev.havenkeep.servers;

import java.util.Arrays;

/**
 * A file to be written on a server.
 *
 * @param path absolute; its folder is made if absent
 * @param mode permission bits, for example {@code 0600}
 * @param content the whole content
 */
public record RemoteFile(String path, int mode, byte[] content) {

    public RemoteFile {
        content = content.clone();
    }

    @Override
    public byte[] content() {
        return content.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RemoteFile that
                && path.equals(that.path)
                && mode == that.mode
                && Arrays.equals(content, that.content);
    }

    @Override
    public int hashCode() {
        return 31 * path.hashCode() + Arrays.hashCode(content);
    }

    @Override
    public String toString() {
        return "RemoteFile[" + path + ", " + Integer.toOctalString(mode) + ", " + content.length + " bytes]";
    }
}
