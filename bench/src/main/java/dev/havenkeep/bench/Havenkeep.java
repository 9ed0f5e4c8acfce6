package dev.havenkeep.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The packaged product as an OpenID provider, set up through its own API. */
final class Havenkeep implements OpenIdProvider {

    private final Product product;
    private final String team;
    private final @Nullable Postgres postgres;
    private final String unique = Long.toString(System.nanoTime(), 36);
    private int realms;

    /** Where it keeps everything. */
    enum Store {
        POSTGRESQL,
        SQLITE;

        /** As it is written in names. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private Havenkeep(Product product, @Nullable Postgres postgres) throws IOException, InterruptedException {
        this.product = product;
        this.postgres = postgres;
        this.team = product.setUp();
    }

    /** Starts one on a fresh store. */
    static Havenkeep start(Workbench workbench, Store store) throws IOException, InterruptedException {
        String name = "identity-" + Long.toString(System.nanoTime(), 36);
        return switch (store) {
            case SQLITE -> onSqlite(workbench, name);
            case POSTGRESQL -> {
                Postgres postgres = Postgres.up(workbench.home, name);
                yield new Havenkeep(
                        workbench.start(name, "--haven.database-url=" + postgres.url(), "--haven.database-user=haven"),
                        postgres);
            }
        };
    }

    /** Starts one on the embedded database in a fresh data folder of this name. */
    static Havenkeep onSqlite(Workbench workbench, String folder) throws IOException, InterruptedException {
        return new Havenkeep(workbench.start(folder), null);
    }

    /** Where it keeps its data. */
    Path dataDir() {
        return product.dataDir;
    }

    @Override
    public URI address() {
        return product.api.base();
    }

    @Override
    public Realm realm(Signature signature, int users) throws InterruptedException {
        return make(signature, users).realm();
    }

    /** A realm and its id. */
    record Made(String id, Realm realm) {}

    /** Like {@link #realm}, with the realm's id. */
    Made make(Signature signature, int users) throws InterruptedException {
        JsonNode realm = product.api.post(
                "/api/v1/teams/" + team + "/realms", Map.of("name", "bench-" + unique + "-" + realms++));
        String id = realm.path("id").asString();
        String path = "/api/v1/realms/" + id;
        product.api.patch(path, Map.of("algorithm", signature.name()));
        Client machine = client(product.api.post(path + "/clients", Map.of("name", "Machine", "kind", "machine")));
        Client web = client(product.api.post(
                path + "/clients", Map.of("name", "Web", "kind", "web", "redirectUris", List.of(REDIRECT))));
        List<Account> accounts = new ArrayList<>();
        for (int i = 0; i < users; i++) {
            Account account = new Account("user-" + i + "@example.com", "correct-horse-battery-" + i);
            product.api.post(
                    path + "/users",
                    Map.of(
                            "email",
                            account.email(),
                            "emailVerified",
                            true,
                            "name",
                            "User Number " + i,
                            "password",
                            account.password()));
            accounts.add(account);
        }
        return new Made(id, Realm.of(product.api.get(discovery(realm)), machine, web, accounts));
    }

    /** The path of a realm's discovery document. */
    static String discovery(JsonNode realm) {
        return URI.create(realm.path("issuer").asString()).getRawPath() + "/.well-known/openid-configuration";
    }

    @Override
    public long memory() throws IOException {
        return Memory.of(product.pid()) + (postgres == null ? 0 : Memory.of(postgres.pid()));
    }

    @Override
    public void close() throws IOException, InterruptedException {
        product.close();
        if (postgres != null) {
            postgres.close();
        }
    }

    private static Client client(JsonNode made) {
        return new Client(made.path("clientId").asString(), made.path("secret").asString());
    }
}
