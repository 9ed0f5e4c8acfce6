package dev.havenkeep.pages.rendering;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * A style or script that stands in the page itself, where the policy knows it by its hash (Content Security Policy
 * Level 3, section 2.3.1): nothing more to fetch, and nothing else runs.
 *
 * @param source the hash as the policy writes it
 */
record Inline(String content, String source) {

    static Inline of(String content) {
        if (content.contains("</")) {
            throw new IllegalArgumentException("It would end its element");
        }
        return new Inline(content, "'sha256-" + sha256(content) + "'");
    }

    static Inline resource(String name) {
        try (InputStream stream = Inline.class.getResourceAsStream("/pages/" + name)) {
            if (stream == null) {
                throw new IllegalStateException("No /pages/" + name);
            }
            return of(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha256(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
