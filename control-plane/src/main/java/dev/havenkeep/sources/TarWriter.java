package dev.havenkeep.sources;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes a tar stream of the POSIX pax form (IEEE Std 1003.1, "pax Interchange Format"): owned by root, every time the
 * same given one, so that equal trees give equal bytes.
 */
final class TarWriter {

    private static final int BLOCK = 512;
    private static final int NAME_LENGTH = 100;
    private static final long MAX_OCTAL_SIZE = 077777777777L;
    private static final char FILE = '0';
    private static final char SYMLINK = '2';
    private static final char FOLDER = '5';
    private static final char PAX = 'x';

    private final OutputStream out;
    private final long epochSeconds;
    private final byte[] buffer = new byte[64 * 1024];

    TarWriter(OutputStream out, long epochSeconds) {
        this.out = out;
        this.epochSeconds = epochSeconds;
    }

    void folder(String path) throws IOException {
        header(path + "/", "", FOLDER, 0755, 0);
    }

    void symlink(String path, String target) throws IOException {
        header(path, target, SYMLINK, 0777, 0);
    }

    /** Writes a file of exactly this many bytes. */
    void file(String path, boolean executable, long size, InputStream content) throws IOException {
        header(path, "", FILE, executable ? 0755 : 0644, size);
        long left = size;
        while (left > 0) {
            int read = content.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) {
                throw new IOException(path + " is shorter than the repository says");
            }
            out.write(buffer, 0, read);
            left -= read;
        }
        pad(size);
    }

    /** Ends the archive; the stream stays open. */
    void finish() throws IOException {
        out.write(new byte[2 * BLOCK]);
        out.flush();
    }

    private void header(String path, String link, char type, int mode, long size) throws IOException {
        StringBuilder extended = new StringBuilder();
        if (!fits(path)) {
            extended.append(record("path", path));
        }
        if (!fits(link)) {
            extended.append(record("linkpath", link));
        }
        if (size > MAX_OCTAL_SIZE) {
            extended.append(record("size", Long.toString(size)));
        }
        if (!extended.isEmpty()) {
            byte[] records = extended.toString().getBytes(StandardCharsets.UTF_8);
            out.write(block("PaxHeader", "", PAX, 0644, records.length));
            out.write(records);
            pad(records.length);
        }
        out.write(block(path, link, type, mode, Math.min(size, MAX_OCTAL_SIZE)));
    }

    private byte[] block(String path, String link, char type, int mode, long size) {
        byte[] block = new byte[BLOCK];
        text(block, 0, NAME_LENGTH, path);
        octal(block, 100, 8, mode);
        octal(block, 108, 8, 0);
        octal(block, 116, 8, 0);
        octal(block, 124, 12, size);
        octal(block, 136, 12, epochSeconds);
        Arrays.fill(block, 148, 156, (byte) ' ');
        block[156] = (byte) type;
        text(block, 157, NAME_LENGTH, link);
        text(block, 257, 8, "ustar\00000");
        text(block, 265, 32, "root");
        text(block, 297, 32, "root");
        octal(block, 329, 8, 0);
        octal(block, 337, 8, 0);
        int sum = 0;
        for (byte b : block) {
            sum += b & 0xFF;
        }
        octal(block, 148, 7, sum);
        return block;
    }

    private static boolean fits(String text) {
        return text.length() <= NAME_LENGTH && text.chars().allMatch(c -> c < 0x80);
    }

    private static void text(byte[] block, int offset, int length, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, block, offset, Math.min(length, bytes.length));
    }

    private static void octal(byte[] block, int offset, int length, long value) {
        String digits = Long.toOctalString(value);
        text(block, offset, length - 1, "0".repeat(length - 1 - digits.length()) + digits);
    }

    /** {@code LENGTH KEY=VALUE\n}, where the length counts itself. */
    private static String record(String key, String value) {
        int rest = (" " + key + "=" + value + "\n").getBytes(StandardCharsets.UTF_8).length;
        int length = rest + 1;
        while (Integer.toString(length).length() + rest != length) {
            length = Integer.toString(length).length() + rest;
        }
        return length + " " + key + "=" + value + "\n";
    }

    private void pad(long size) throws IOException {
        int over = (int) (size % BLOCK);
        if (over > 0) {
            out.write(new byte[BLOCK - over]);
        }
    }
}
