package dev.havenkeep.applications;

import static org.assertj.core.api.Assertions.assertThat;

import dev.havenkeep.kernel.ApplicationId;
import dev.havenkeep.kernel.EnvironmentId;
import dev.havenkeep.kernel.ProjectId;
import dev.havenkeep.kernel.Scope;
import dev.havenkeep.kernel.Secret;
import dev.havenkeep.kernel.ServerId;
import dev.havenkeep.kernel.TeamId;
import dev.havenkeep.testing.Kernel;
import dev.havenkeep.testing.OnBothDatabases;
import dev.havenkeep.web.Page;
import dev.havenkeep.web.Paging;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;

@OnBothDatabases
class ApplicationStoreTest {

    private final Kernel kernel;
    private final ApplicationStore store;
    private final EnvironmentId environment;
    private final Application imageApplication;

    ApplicationStoreTest(Kernel kernel) {
        this.kernel = kernel;
        this.store = new ApplicationStore(kernel.database(), kernel.json(), kernel.secrets());
        this.environment = new EnvironmentId(kernel.ids().next());
        this.imageApplication = application("image");
    }

    @Test
    void whatIsInsertedIsFound() {
        store.insert(imageApplication);

        assertThat(store.find(imageApplication.id())).contains(imageApplication);
        assertThat(store.named(environment, imageApplication.name())).contains(imageApplication.id());
        assertThat(store.names(environment, 5)).containsExactly(imageApplication.name());
        assertThat(kernel.database()
                        .read()
                        .sql("SELECT configuration || registry_password FROM applications WHERE id = :id")
                        .param("id", imageApplication.id().value())
                        .query(String.class)
                        .single())
                .doesNotContain("hunter2");
    }

    @Test
    void updateOfAnOldVersionChangesNothing() {
        store.insert(imageApplication);
        Application second = version(imageApplication, 2);

        assertThat(store.update(second)).isTrue();
        assertThat(store.update(second)).isFalse();
        assertThat(store.find(imageApplication.id())).contains(second);
    }

    @Test
    void reportsAreKeptApartFromTheVersion() {
        store.insert(imageApplication);
        Status status = new Status(Status.State.RUNNING, 2, "release", "deployment", now());

        store.report(imageApplication.id(), status);

        assertThat(store.find(imageApplication.id()).orElseThrow().status()).isEqualTo(status);
        assertThat(store.find(imageApplication.id()).orElseThrow().record().version())
                .isEqualTo(1);
    }

    @Test
    void anObservationOfAnOlderReleaseIsPassedOver() {
        store.insert(imageApplication);
        store.report(imageApplication.id(), new Status(Status.State.RUNNING, 2, "release", "deployment", now()));

        assertThat(store.observe(imageApplication.id(), new Status(Status.State.DEGRADED, 1, "release", "older", null)))
                .isFalse();
        assertThat(store.observe(
                        imageApplication.id(), new Status(Status.State.DEGRADED, 1, "release", "deployment", null)))
                .isTrue();
        assertThat(store.find(imageApplication.id()).orElseThrow().status().replicasRunning())
                .isEqualTo(1);
    }

    @Test
    void pagesGoThroughAllOnce() {
        for (int i = 0; i < 5; i++) {
            store.insert(application("app-" + i));
        }

        Page<Application> first = page(null);
        Page<Application> second = page(first.nextCursor());
        Page<Application> third = page(second.nextCursor());

        assertThat(third.nextCursor()).isNull();
        assertThat(List.of(first, second, third))
                .flatMap(Page::items)
                .extracting(application -> application.name().value())
                .containsExactly("app-0", "app-1", "app-2", "app-3", "app-4");
    }

    @Test
    void secretVariablesAreSealedAndOpenedAgain() {
        store.insert(imageApplication);
        Variable secret = variable("SECRET", "s3cr3t\nvalue", Variable.Kind.SECRET);
        Variable plain = variable("PLAIN", "pl@in", Variable.Kind.PLAIN);

        store.insert(imageApplication.id(), secret);
        store.insert(imageApplication.id(), plain);

        assertThat(store.variables(imageApplication.id())).containsExactly(secret, plain);
        assertThat(store.ownerOf(secret.id().value())).contains(imageApplication.id());
        assertThat(kernel.database()
                        .read()
                        .sql("SELECT value FROM application_variables WHERE id = :id")
                        .param("id", secret.id().value())
                        .query(String.class)
                        .single())
                .doesNotContain("s3cr3t");
    }

    @Test
    void condemnedApplicationsSayWhatGoesWithThem() {
        store.insert(imageApplication);

        store.condemn(imageApplication.id(), new Application.Deletion(true, false));

        Application condemned = store.find(imageApplication.id()).orElseThrow();
        assertThat(condemned.record().deletion()).isEqualTo(new Application.Deletion(true, false));
        assertThat(condemned.status().state()).isEqualTo(Status.State.DELETING);
        store.delete(condemned.id());
        assertThat(store.find(condemned.id())).isEmpty();
    }

    private Page<Application> page(@org.jspecify.annotations.Nullable String cursor) {
        Paging paging = Paging.of(2, cursor);
        return Page.of(
                store.list(environment, paging),
                paging,
                application -> application.id().value());
    }

    private Variable variable(String name, String value, Variable.Kind kind) {
        return new Variable(
                new VariableId(kernel.ids().next()),
                new EnvironmentVariableName(name),
                Secret.of(value),
                kind,
                Variable.Availability.BOTH,
                now());
    }

    private Application version(Application application, long version) {
        return new Application(
                application.id(),
                application.scope(),
                application.name(),
                application.configuration(),
                application.status(),
                new Application.Record(version, application.record().createdAt(), now(), null));
    }

    private Application application(String name) {
        HealthCheck check = new HealthCheck(
                "/health", List.of(), Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(3), 4);
        return new Application(
                new ApplicationId(kernel.ids().next()),
                new Scope(
                        new TeamId(kernel.ids().next()),
                        new ProjectId(kernel.ids().next()),
                        environment),
                new ApplicationName(name),
                new Configuration(
                        new ServerId(kernel.ids().next()),
                        new Source.Image("nginx:1.27", "me", Secret.of("hunter2")),
                        80,
                        new Configuration.Running(
                                2,
                                check,
                                new Resources(0.5, 64L << 20),
                                List.of(new VolumeMount("data", "/data", true)),
                                List.of("run", "--it")),
                        new Configuration.Rollout(List.of("migrate"), 5, 6, Strategy.RECREATE, 7)),
                Status.NONE,
                new Application.Record(1, now(), now(), null));
    }

    private Instant now() {
        return kernel.clock().instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
