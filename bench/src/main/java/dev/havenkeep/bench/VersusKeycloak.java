package dev.havenkeep.bench;

import dev.havenkeep.bench.OpenIdProvider.Account;
import dev.havenkeep.bench.OpenIdProvider.Realm;
import dev.havenkeep.bench.OpenIdProvider.Signature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import tools.jackson.databind.JsonNode;

/**
 * One kind of work at an OpenID provider, ours and Keycloak's side by side in turns on {@value Contest#CONNECTIONS}
 * connections: PostgreSQL under both, then our embedded database against Keycloak's PostgreSQL.
 */
final class VersusKeycloak implements Benchmark {

    private static final int USERS = 256;

    /** What is compared. */
    enum Kind {
        /** A client asks for a token of its own. */
        TOKENS,
        /** Somebody signs in with a password, and the code becomes tokens. */
        SIGN_IN,
        /** A refresh token becomes the next one. */
        REFRESH
    }

    private final Kind kind;

    VersusKeycloak(Kind kind) {
        this.kind = kind;
    }

    @Override
    public String name() {
        return switch (kind) {
            case TOKENS -> "tokens-vs-keycloak";
            case SIGN_IN -> "signin-vs-keycloak";
            case REFRESH -> "refresh-vs-keycloak";
        };
    }

    @Override
    public String description() {
        return switch (kind) {
            case TOKENS -> "client-credentials tokens a second, as a multiple of Keycloak's";
            case SIGN_IN -> "whole sign-ins a second (password, code, token), as a multiple of Keycloak's";
            case REFRESH -> "refreshes a second with rotation, as a multiple of Keycloak's";
        };
    }

    private double budget() {
        return switch (kind) {
            case TOKENS -> 2.5;
            case SIGN_IN, REFRESH -> 2;
        };
    }

    @Override
    public List<Measurement> run(Workbench workbench) throws IOException, InterruptedException {
        List<Measurement> measurements = new ArrayList<>();
        try (OpenIdProvider theirs = Keycloak.up(workbench.home, "bench-" + workbench.unique)) {
            for (Havenkeep.Store store : Havenkeep.Store.values()) {
                try (OpenIdProvider ours = Havenkeep.start(workbench, store)) {
                    for (Signature signature : Signature.values()) {
                        measurements.add(compare(ours, theirs, signature, store));
                    }
                }
            }
        }
        return measurements;
    }

    private Measurement compare(OpenIdProvider ours, OpenIdProvider theirs, Signature signature, Havenkeep.Store store)
            throws IOException, InterruptedException {
        Contest.Result result = Contest.run(
                ours.address(),
                work(kind, ours.realm(signature, USERS)),
                theirs.address(),
                work(kind, theirs.realm(signature, USERS)));
        return Measurement.atLeast(
                String.join("-", name(), signature.word(), store.word()),
                result.ratio(),
                "times",
                budget(),
                Map.of("havenkeepPerSecond", result.ours(), "keycloakPerSecond", result.theirs()));
    }

    /** What the connection of a number does at a realm. */
    static IntFunction<Contest.Work> work(Kind kind, Realm realm) {
        return switch (kind) {
            case TOKENS ->
                number -> connection ->
                        Visitor.tokens(connection, realm, realm.machine(), Map.of("grant_type", "client_credentials"));
            case SIGN_IN -> number -> new SigningIn(realm, number);
            case REFRESH -> number -> new Refreshing(realm, realm.accounts().get(number));
        };
    }

    /** Signs in one account after another, all of them before one comes again. */
    private static final class SigningIn implements Contest.Work {

        private final Realm realm;
        private int next;

        SigningIn(Realm realm, int number) {
            this.realm = realm;
            this.next = number;
        }

        @Override
        public void once(KeepAlive connection) throws IOException {
            Account account = realm.accounts().get(next % realm.accounts().size());
            next += Contest.CONNECTIONS;
            new Visitor(connection, realm).signIn(account);
        }
    }

    /** Signs in at first, and refreshes what that gave ever after. */
    private static final class Refreshing implements Contest.Work {

        private final Realm realm;
        private final Account account;
        private String refreshToken = "";

        Refreshing(Realm realm, Account account) {
            this.realm = realm;
            this.account = account;
        }

        @Override
        public void once(KeepAlive connection) throws IOException {
            JsonNode tokens = refreshToken.isEmpty()
                    ? new Visitor(connection, realm).signIn(account)
                    : Visitor.tokens(
                            connection,
                            realm,
                            realm.web(),
                            Map.of("grant_type", "refresh_token", "refresh_token", refreshToken));
            refreshToken = tokens.path("refresh_token").asString();
        }
    }
}
