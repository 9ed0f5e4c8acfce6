package dev.havenkeep.credentials;

import java.nio.charset.StandardCharsets;
import org.springframework.security.crypto.bcrypt.BCrypt;

/**
 * bcrypt, which looks at the first 72 bytes of a password only.
 *
 * @param modular the hash in the modular crypt format, {@code $2b$12$…}
 * @param ofSha256 whether it is Django's {@code bcrypt_sha256}: of the password's SHA-256 in hexadecimal
 */
record BcryptHash(String modular, boolean ofSha256) implements PasswordHash {

    static final String DJANGO_SHA256 = "bcrypt_sha256$";

    boolean matches(String password) {
        String hashed = ofSha256 ? RandomText.hash(password) : password;
        return BCrypt.checkpw(hashed.getBytes(StandardCharsets.UTF_8), modular);
    }

    @Override
    public String text() {
        return ofSha256 ? DJANGO_SHA256 + modular : modular;
    }
}
