package dev.havenkeep.sources;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.kernel.TeamId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A credential as it is stored.
 *
 * @param username for a token
 * @param sealedSecret the token, or the private key of a deploy key, sealed for this row
 * @param publicKey for a deploy key, as git hosts take it
 */
record GitCredential(
        GitCredentialId id,
        TeamId team,
        String name,
        Kind kind,
        @Nullable String username,
        String sealedSecret,
        @Nullable String publicKey,
        Instant createdAt) {

    /** How it proves itself. */
    enum Kind {
        DEPLOY_KEY("deploy-key"),
        TOKEN("token");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        @JsonValue
        String text() {
            return text;
        }

        @JsonCreator
        static Kind parse(String text) {
            return switch (text) {
                case "deploy-key" -> DEPLOY_KEY;
                case "token" -> TOKEN;
                default -> throw new ProblemException(Problem.invalid("kind", "must be deploy-key or token"));
            };
        }
    }

    /** What the sealed secret is bound to. */
    static String sealOwner(GitCredentialId id) {
        return "git-credential/" + id + "/secret";
    }
}
