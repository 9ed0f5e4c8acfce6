package dev.havenkeep.sources;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a repository holds in place of a file kept in Git LFS (git-lfs, docs/spec.md).
 *
 * @param oid the SHA-256 of the content, in hexadecimal
 * @param size of the content, in bytes
 */
record LfsPointer(String oid, long size) {

    /** A pointer is shorter than this, by the specification. */
    static final int MAX_LENGTH = 1024;

    private static final Pattern FORM = Pattern.compile("version https://git-lfs\\.github\\.com/spec/v1\n"
            + "(?:ext-[0-9a-z.-]+ [^\n]*\n)*oid sha256:([0-9a-f]{64})\nsize ([0-9]{1,18})\n?");

    static Optional<LfsPointer> parse(byte[] blob) {
        if (blob.length >= MAX_LENGTH) {
            return Optional.empty();
        }
        Matcher matcher = FORM.matcher(new String(blob, StandardCharsets.UTF_8));
        return matcher.matches()
                ? Optional.of(new LfsPointer(matcher.group(1), Long.parseLong(matcher.group(2))))
                : Optional.empty();
    }
}
