package dev.havenkeep.credentials;

import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.kernel.Secret;
import java.util.Base64;

/**
 * The parameters that all password hashes of one Firebase project share, as its console shows them: Base64 of either
 * alphabet, with or without padding. Each hash is stored with them, so that it stands alone; the signer key makes
 * guessing possible, so that a stored hash is no less a secret than another.
 */
public record FirebaseScrypt(Secret signerKey, String saltSeparator, int rounds, int memoryCost) {

    private static final int LONGEST_SEPARATOR = 32;
    private static final Base64.Encoder BASE64 = Base64.getEncoder().withoutPadding();

    /**
     * The hash of one account.
     *
     * @param path the input field, for the problem
     * @param salt the account's {@code salt} in the project's export
     * @param passwordHash the account's {@code passwordHash} in the project's export
     * @throws ProblemException 422 when something is not Base64, or a parameter is beyond its limit
     */
    public PasswordHash hash(String path, String salt, String passwordHash) {
        HashLimits limits = HashLimits.of(path);
        limits.scrypt(memoryCost, rounds, 1);
        byte[] saltBytes = limits.base64(standard(salt));
        byte[] digest = limits.base64(standard(passwordHash));
        byte[] key = limits.base64(standard(signerKey.reveal()));
        byte[] separator = limits.base64(standard(saltSeparator));
        limits.salted(saltBytes, digest);
        if (key.length != digest.length) {
            throw limits.refused("is not of this Firebase project: its length is not that of the signer key");
        }
        if (separator.length > LONGEST_SEPARATOR) {
            throw limits.refused("has a salt separator that is too long");
        }
        return new FirebaseScryptHash(
                memoryCost,
                rounds,
                BASE64.encodeToString(separator),
                BASE64.encodeToString(key),
                BASE64.encodeToString(saltBytes),
                BASE64.encodeToString(digest));
    }

    private static String standard(String base64) {
        return base64.replace('-', '+').replace('_', '/');
    }
}
