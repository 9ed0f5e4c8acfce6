package dev.havenkeep.connections;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.havenkeep.kernel.Secret;

/** How we prove to an upstream's token endpoint that we are its client (OpenID Connect Core section 9). */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "method")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ClientAuthentication.SecretBasic.class, name = "client_secret_basic"),
    @JsonSubTypes.Type(value = ClientAuthentication.SecretPost.class, name = "client_secret_post"),
    @JsonSubTypes.Type(value = ClientAuthentication.PrivateKeyJwt.class, name = "private_key_jwt"),
    @JsonSubTypes.Type(value = ClientAuthentication.None.class, name = "none")
})
public sealed interface ClientAuthentication {

    /** What must be kept secret: the shared secret or the private key. */
    Secret secret();

    /** The same way with another secret. */
    ClientAuthentication withSecret(Secret secret);

    /** A shared secret in the Authorization header (RFC 6749 section 2.3.1). */
    record SecretBasic(Secret secret) implements ClientAuthentication {

        @Override
        public SecretBasic withSecret(Secret other) {
            return new SecretBasic(other);
        }
    }

    /** A shared secret in the body (RFC 6749 section 2.3.1). */
    record SecretPost(Secret secret) implements ClientAuthentication {

        @Override
        public SecretPost withSecret(Secret other) {
            return new SecretPost(other);
        }
    }

    /**
     * An assertion signed with a private key (RFC 7523 section 2.2).
     *
     * @param keyId the key's id in the set that the upstream knows
     * @param algorithm the signature's algorithm, such as {@code ES256}
     * @param secret the private key: PEM (PKCS #8)
     */
    record PrivateKeyJwt(String keyId, String algorithm, Secret secret) implements ClientAuthentication {

        @Override
        public PrivateKeyJwt withSecret(Secret other) {
            return new PrivateKeyJwt(keyId, algorithm, other);
        }
    }

    /** None: we are a public client there, and PKCE alone binds the code to us. */
    record None() implements ClientAuthentication {

        @Override
        public Secret secret() {
            return Secret.of("");
        }

        @Override
        public None withSecret(Secret secret) {
            return this;
        }
    }
}
