package dev.havenkeep.realms;

import java.security.PrivateKey;
import java.security.PublicKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A key that a realm signs tokens with.
 *
 * @param id the {@code kid} of its tokens and in its JWK set (RFC 7517 section 4.5)
 * @param signsFrom from when on new tokens may be signed with it; it is published before, so that readers know it
 * @param signsUntil when another takes its place, if that is settled
 * @param publishedUntil how long its public part stays known after that
 */
public record SigningKey(
        String id,
        SigningAlgorithm algorithm,
        PublicKey publicKey,
        PrivateKey privateKey,
        Instant createdAt,
        Instant signsFrom,
        @Nullable Instant signsUntil,
        @Nullable Instant publishedUntil) {

    @Override
    public String toString() {
        return algorithm + " " + id;
    }
}
