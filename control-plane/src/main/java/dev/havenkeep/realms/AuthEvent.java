package dev.havenkeep.realms;

import dev.havenkeep.kernel.UserId;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened at a realm's door.
 *
 * @param at when
 * @param kind what was tried, for example {@code sign-in}, {@code token.refresh}, {@code session.end}
 * @param success whether it came about
 * @param reason why not, for operators
 * @param user whom it was about, if that is known
 * @param email the address that was typed, if one was
 * @param clientId the client that asked for it
 * @param connection the upstream provider that was used
 * @param address where it came from
 * @param userAgent what the browser or program says that it is
 * @param requestId the request's id, as in its answer and in the log
 * @param detail further facts; never a secret
 */
public record AuthEvent(
        String id,
        Instant at,
        String kind,
        boolean success,
        @Nullable String reason,
        @Nullable UserId user,
        @Nullable String email,
        @Nullable String clientId,
        @Nullable String connection,
        String address,
        String userAgent,
        String requestId,
        Map<String, Object> detail) {

    public AuthEvent {
        detail = Map.copyOf(detail);
    }
}
