package dev.havenkeep.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** What can be compared: an OpenID provider as a process of its own, with its database. */
interface OpenIdProvider extends AutoCloseable {

    /** Where it answers. */
    URI address();

    /**
     * A fresh realm that signs so, with a machine client, a web client whose redirect URI is {@link #REDIRECT}, and so
     * many users. Refresh tokens rotate, and one that was used is worth nothing.
     */
    Realm realm(Signature signature, int users) throws IOException, InterruptedException;

    /** Memory of all its processes, its database's included, in bytes; what they share is counted once. */
    long memory() throws IOException, InterruptedException;

    @Override
    void close() throws IOException, InterruptedException;

    /** Where the web client is answered; nobody listens there. */
    String REDIRECT = "http://localhost:9/callback";

    /** How tokens are signed. */
    enum Signature {
        RS256,
        ES256;

        /** As it is written in names. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What a load needs of a realm; addresses are paths on the provider's address. */
    record Realm(String authorize, String token, Client machine, Client web, List<Account> accounts) {

        public Realm {
            accounts = List.copyOf(accounts);
        }

        /** With the addresses from its discovery document. */
        static Realm of(JsonNode discovery, Client machine, Client web, List<Account> accounts) {
            return new Realm(
                    path(discovery, "authorization_endpoint"),
                    path(discovery, "token_endpoint"),
                    machine,
                    web,
                    accounts);
        }

        private static String path(JsonNode discovery, String name) {
            return URI.create(discovery.path(name).asString()).getRawPath();
        }
    }

    /** A confidential client. */
    record Client(String id, String secret) {

        /** The header that it says who it is with. */
        String authorization() {
            return "Basic " + Base64.getEncoder().encodeToString((id + ":" + secret).getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Somebody who signs in. */
    record Account(String email, String password) {}
}
