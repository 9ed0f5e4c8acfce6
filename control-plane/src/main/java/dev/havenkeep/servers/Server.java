package dev.havenkeep.servers;

import dev.havenkeep.kernel.ServerId;
import dev.havenkeep.kernel.TeamId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A server of a team.
 *
 * @param name unique in its team
 * @param reach how it is reached
 * @param version counts its changes, for ETags
 */
public record Server(
        ServerId id, TeamId team, ServerName name, Reach reach, long version, Instant createdAt, Instant updatedAt) {

    /** How a server is reached. */
    public sealed interface Reach {

        /** It is the machine that the control plane runs on. */
        record Local() implements Reach {}

        /**
         * Over SSH (RFC 4251 to 4254).
         *
         * @param publicKey the public half of the key that Havenkeep signs in with, as in {@code authorized_keys}
         * @param hostKey the only host key that is accepted, as in {@code known_hosts} without the host; absent until
         *     it is confirmed
         * @param pendingHostKey the host key seen at first contact, to be confirmed by a person
         */
        record Ssh(
                String host,
                int port,
                String user,
                String publicKey,
                @Nullable String hostKey,
                @Nullable String pendingHostKey)
                implements Reach {}
    }
}
