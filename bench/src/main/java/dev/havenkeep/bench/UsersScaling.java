package dev.havenkeep.bench;

import dev.havenkeep.bench.OpenIdProvider.Realm;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A realm with a million users next to one with a thousand, in one process: signing in and searching, in turns, must
 * not take much longer. All but a few of the users are copies of one that the product made.
 */
final class UsersScaling implements Benchmark {

    private static final double BUDGET = 1.5;
    private static final int FEW = 1_000;
    private static final int MANY = 1_000_000;
    private static final int SIGNING_IN = 16;
    private static final int WARM_UP = 40;
    private static final int ROUNDS = 200;

    @Override
    public String name() {
        return "users-scaling";
    }

    @Override
    public String description() {
        return "sign-in and search with 1,000,000 users against 1,000, the worst ratio of medians";
    }

    @Override
    public List<Measurement> run(Workbench workbench) throws IOException, InterruptedException {
        Crowd few;
        Crowd many;
        String folder = "users-" + workbench.unique;
        Path data;
        try (Havenkeep havenkeep = Havenkeep.onSqlite(workbench, folder)) {
            few = Crowd.create(havenkeep, FEW);
            many = Crowd.create(havenkeep, MANY);
            data = havenkeep.dataDir();
        }
        few.multiply(data);
        many.multiply(data);
        try (Product product = workbench.start(folder);
                KeepAlive connection = new KeepAlive(product.api.base())) {
            product.api.signIn();
            Map<String, Samples> ofFew = few.samples();
            Map<String, Samples> ofMany = many.samples();
            for (int round = 0; round < WARM_UP + ROUNDS; round++) {
                boolean warm = round >= WARM_UP;
                few.measure(product, connection, round, warm, ofFew);
                many.measure(product, connection, round, warm, ofMany);
            }
            Map<String, Object> detail = new LinkedHashMap<>();
            double worst = 0;
            for (Map.Entry<String, Samples> measured : ofMany.entrySet()) {
                double before = of(ofFew, measured.getKey()).median();
                double after = measured.getValue().median();
                worst = Math.max(worst, after / before);
                detail.put(measured.getKey() + " ms", List.of(before, after));
            }
            return List.of(Measurement.atMost(name(), worst, "times", BUDGET, detail));
        }
    }

    private static Samples of(Map<String, Samples> samples, String what) {
        return Objects.requireNonNull(samples.get(what));
    }

    /** A realm and how many users it is to have. */
    private record Crowd(String id, int size, Realm realm) {

        private static final String SIGN_IN = "sign-in";
        private static final Map<String, String> SEARCHES = Map.of(
                "search for one", "copy-000500@",
                "search for many", "copy-",
                "search for nobody", "nobody-");

        static Crowd create(Havenkeep havenkeep, int size) throws InterruptedException {
            Havenkeep.Made made = havenkeep.make(OpenIdProvider.Signature.ES256, SIGNING_IN);
            return new Crowd(made.id(), size, made.realm());
        }

        Map<String, Samples> samples() {
            Map<String, Samples> samples = new HashMap<>();
            samples.put(SIGN_IN, new Samples());
            SEARCHES.keySet().forEach(search -> samples.put(search, new Samples()));
            return samples;
        }

        void measure(Product product, KeepAlive connection, int round, boolean warm, Map<String, Samples> samples)
                throws IOException, InterruptedException {
            long start = System.nanoTime();
            new Visitor(connection, realm).signIn(realm.accounts().get(round % SIGNING_IN));
            of(samples, SIGN_IN).add(Duration.ofNanos(System.nanoTime() - start), warm);
            for (Map.Entry<String, String> search : SEARCHES.entrySet()) {
                of(samples, search.getKey())
                        .add(product.api.time("/api/v1/realms/" + id + "/users?search=" + search.getValue()), warm);
            }
        }

        /** While the product is stopped. */
        void multiply(Path data) {
            try (Seed seed = new Seed(data.resolve("realms").resolve(id).resolve("realm.db"))) {
                Map<String, Object> user = seed.rows(
                                "users", "email", realm.accounts().getFirst().email())
                        .getFirst();
                Map<String, Object> password = seed.rows("passwords", "user_id", Objects.requireNonNull(user.get("id")))
                        .getFirst();
                for (int i = SIGNING_IN; i < size; i++) {
                    String copy = "copy-%06d".formatted(i);
                    String userId = seed.id();
                    seed.copy(
                            "users",
                            user,
                            Map.of("id", userId, "email", copy + "@example.com", "name", copy, "name_key", copy));
                    seed.copy("passwords", password, Map.of("user_id", userId));
                }
                seed.commit();
            } catch (SQLException e) {
                throw new BenchmarkFailure("The users could not be multiplied: " + e.getMessage(), e);
            }
        }
    }
}
