package dev.havenkeep.credentials;

import dev.havenkeep.kernel.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * The hash of a password with its parameters and salt, of our own making or brought along from elsewhere. It is stored
 * as its {@link #text}; only {@link PasswordHasher} compares passwords with it, a few at a time.
 *
 * <p>Read are, within limits that keep a hostile import from tying up the machine (a comparison at the limit takes one
 * processor less than two seconds), and with no more than a third of the process's largest heap, which an operator
 * raises by {@code HAVEN_MAX_HEAP_MB}:
 *
 * <table>
 * <caption>Forms and limits</caption>
 * <tr><th>Form</th><th>Limit</th></tr>
 * <tr><td>Argon2i, Argon2d, Argon2id (RFC 9106) as PHC string, {@code $argon2id$v=19$m=…,t=…,p=…$salt$hash}</td>
 *     <td>memory 128 MiB; memory times passes 1 GiB; 16 lanes</td></tr>
 * <tr><td>bcrypt, {@code $2a$}, {@code $2b$} and {@code $2y$}</td><td>cost 4 to 14</td></tr>
 * <tr><td>PBKDF2 (RFC 8018) with SHA-1, SHA-256 or SHA-512 as PHC string, {@code $pbkdf2-sha256$i=…$salt$hash}</td>
 *     <td>2,000,000 iterations; 4,000,000 times the blocks of output</td></tr>
 * <tr><td>scrypt (RFC 7914) as PHC string, {@code $scrypt$ln=…,r=…,p=…$salt$hash}</td>
 *     <td>128·N·r 128 MiB; times p 512 MiB</td></tr>
 * <tr><td>Firebase's scrypt, by {@link FirebaseScrypt}</td><td>as scrypt</td></tr>
 * <tr><td>Django's {@code pbkdf2_sha256$…}, {@code pbkdf2_sha1$…}, {@code argon2$…}, {@code bcrypt$…},
 *     {@code bcrypt_sha256$…} and {@code scrypt$…}; Spring Security's {@code {bcrypt}…} and {@code {argon2}…}; Keycloak's
 *     credentials as JSON, of PBKDF2 or Argon2</td>
 *     <td>as above</td></tr>
 * </table>
 */
public sealed interface PasswordHash permits Argon2Hash, BcryptHash, Pbkdf2Hash, ScryptHash, FirebaseScryptHash {

    /**
     * Reads a hash in any of the forms.
     *
     * @param path the input field, for the problem
     * @throws ProblemException 422 that says which form is not supported or which parameter is beyond its limit
     */
    static PasswordHash parse(String path, @Nullable String text) {
        return new PasswordHashReader(path).read(text);
    }

    /** The one form in which it is stored, and which {@link #parse} reads back. */
    String text();
}
