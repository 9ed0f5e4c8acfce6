package dev.havenkeep.sources;

import dev.havenkeep.kernel.Secret;
import java.security.KeyPair;

/** What a repository's server is shown. */
sealed interface Access {

    /** Nothing: a public repository. */
    record Anonymous() implements Access {}

    /** A user name and a token, by HTTP Basic authentication (RFC 7617). */
    record Token(GitCredentialId credential, String username, Secret secret) implements Access {}

    /** A deploy key, by SSH public-key authentication (RFC 4252 section 7), with the host keys that it trusts. */
    record DeployKey(GitCredentialId credential, KeyPair keyPair) implements Access {}
}
