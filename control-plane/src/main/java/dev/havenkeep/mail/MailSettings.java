package dev.havenkeep.mail;

import dev.havenkeep.credentials.EmailAddress;
import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.kernel.Secret;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The server that takes our mail, and in whose name it is sent.
 *
 * @param server where it is
 * @param login who we are there; absent where the server asks nobody
 * @param from whom the mail is from, which the server must allow us to be
 * @param senderName what readers see instead of the address
 */
public record MailSettings(Server server, @Nullable Login login, EmailAddress from, MailText senderName) {

    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.:-]{0,252}[A-Za-z0-9])?");
    private static final int HIGHEST_PORT = 65_535;

    /** How the connection is protected (RFC 8314). */
    public enum Security {
        /** TLS from the first byte, usually on port 465 (RFC 8314 section 3.3). */
        TLS,
        /** TLS after STARTTLS, usually on port 587 (RFC 3207); a server without it is refused. */
        STARTTLS,
        /** Not at all: for a server on the same machine or in the same private network. */
        NONE
    }

    /**
     * Where the server is.
     *
     * @param host a domain or address, which its certificate must name
     * @param authority the certificate, as PEM, of the authority that the server's must come from; absent for those that
     *     the system trusts
     */
    public record Server(
            String host,
            int port,
            Security security,
            @Nullable String authority) {

        /** @throws ProblemException 422 when host or port cannot be one */
        public Server {
            if (!HOST.matcher(host).matches()) {
                throw new ProblemException(Problem.invalid("host", "must be a domain or an address"));
            }
            if (port < 1 || port > HIGHEST_PORT) {
                throw new ProblemException(Problem.invalid("port", "must be 1 to " + HIGHEST_PORT));
            }
        }
    }

    /** A name and password there (RFC 4954). */
    public record Login(String user, Secret password) {}

    /** @throws ProblemException 422 when a password would travel unprotected */
    public MailSettings {
        if (login != null && server.security() == Security.NONE) {
            throw new ProblemException(
                    Problem.invalid("security", "must be TLS or STARTTLS where there is a password"));
        }
    }
}
