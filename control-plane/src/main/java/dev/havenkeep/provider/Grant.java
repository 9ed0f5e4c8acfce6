package dev.havenkeep.provider;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a client was allowed to have of somebody, with the code and the newest refresh token that stand for it.
 *
 * @param client the client's id in the realm
 * @param kind the grant type that began it
 * @param scopes what was granted
 * @param request what the client asked for
 * @param code the state of its authorization code; absent when it never had one
 * @param refresh the state of its newest refresh token; absent when it has none
 * @param boundTo the thumbprint of the key that its tokens are bound to (RFC 9449 section 6.1), if they are
 */
record Grant(
        String id,
        String client,
        String kind,
        Set<String> scopes,
        SignedIn.Facts facts,
        AuthorizationRequest request,
        @Nullable Code code,
        @Nullable Refresh refresh,
        @Nullable String boundTo,
        boolean revoked,
        Instant createdAt) {

    /** An authorization code that was handed out. */
    record Code(Instant expiresAt, boolean used) {}

    /** A refresh token that was handed out. */
    record Refresh(String hash, Instant issuedAt, Instant expiresAt) {}
}
