package dev.havenkeep.provider;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A sign-in under way, kept in the realm's store from the first page to the last and bound to one browser. Which page
 * comes next is not kept: {@link SignIns} tells it from what has been done.
 *
 * @param id what the pages carry; kept as a hash
 * @param version how often it has changed: of two posts at once only one counts
 */
record Interaction(String id, String browserHash, Errand errand, Progress progress, long version, Instant expiresAt) {

    /**
     * What has been done so far.
     *
     * @param user who has shown a first proof; absent before that
     * @param amr by what they did (RFC 8176)
     * @param connection the upstream provider that vouched for them, if one did
     * @param remember whether they want to be remembered
     * @param session the session that this sign-in goes on with; absent until it is settled
     * @param consented the scopes that they have allowed; absent until they were asked
     */
    record Progress(
            @Nullable String user,
            List<String> amr,
            @Nullable String connection,
            boolean remember,
            @Nullable String session,
            @Nullable Set<String> consented) {

        static final Progress NONE = new Progress(null, List.of(), null, false, null, null);

        Progress {
            amr = List.copyOf(amr);
            consented = consented == null ? null : Set.copyOf(consented);
        }

        Progress proven(String by, List<String> methods, @Nullable String through, boolean remembered) {
            return new Progress(by, methods, through, remembered, null, null);
        }

        Progress settled(String with) {
            return new Progress(user, amr, connection, remember, with, consented);
        }

        Progress allowing(Set<String> scopes) {
            return new Progress(user, amr, connection, remember, session, scopes);
        }
    }

    Interaction with(Progress next) {
        return new Interaction(id, browserHash, errand, next, version, expiresAt);
    }
}
