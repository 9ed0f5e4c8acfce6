package dev.havenkeep.deployments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.havenkeep.applications.Configuration;
import dev.havenkeep.applications.EnvironmentVariableName;
import dev.havenkeep.applications.HealthCheck;
import dev.havenkeep.applications.Resources;
import dev.havenkeep.applications.Source;
import dev.havenkeep.applications.Strategy;
import dev.havenkeep.kernel.ApplicationId;
import dev.havenkeep.kernel.Secret;
import dev.havenkeep.kernel.ServerId;
import dev.havenkeep.testing.Kernel;
import dev.havenkeep.testing.OnBothDatabases;
import dev.havenkeep.web.Page;
import dev.havenkeep.web.Paging;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@OnBothDatabases
class DeploymentStoreTest {

    private final Kernel kernel;
    private final DeploymentStore store;
    private final ReleaseStore releases;
    private final ApplicationId application;

    DeploymentStoreTest(Kernel kernel) {
        this.kernel = kernel;
        this.store = new DeploymentStore(kernel.database(), kernel.json());
        this.releases = new ReleaseStore(kernel.database(), kernel.json(), kernel.secrets());
        this.application = new ApplicationId(kernel.ids().next());
    }

    @BeforeEach
    void anApplication() {
        Rows.application(kernel, application);
    }

    @Test
    void whatIsInsertedIsFoundWithItsSteps() {
        Deployment deployment = insert();

        assertThat(store.find(deployment.id())).contains(deployment);
        assertThat(store.next(application)).contains(deployment);
        assertThat(store.ownerOf(deployment.id().value())).contains(application);
    }

    @Test
    void aNewerOneSupersedesThoseThatWaitAndNoOther() {
        Deployment started = insert();
        store.start(started.id(), null, null, null, now());
        Deployment waiting = insert();

        List<DeploymentId> superseded = store.supersede(application, now());

        assertThat(superseded).containsExactly(waiting.id());
        assertThat(state(started)).isEqualTo(State.FETCHING);
        assertThat(state(waiting)).isEqualTo(State.SUPERSEDED);
        assertThat(store.next(application)).map(Deployment::id).contains(started.id());
    }

    @Test
    void stepsRememberWhenTheyFirstBegan() {
        Deployment deployment = insert();
        Instant first = now();
        store.beginStep(deployment.id(), Step.BUILDING, first);

        store.beginStep(deployment.id(), Step.BUILDING, first.plusSeconds(60));
        store.endStep(deployment.id(), Step.BUILDING, Step.State.SUCCEEDED, first.plusSeconds(90));

        Deployment found = store.find(deployment.id()).orElseThrow();
        assertThat(found.state()).isEqualTo(State.BUILDING);
        assertThat(found.step(Step.BUILDING))
                .isEqualTo(
                        new Deployment.StepRecord(Step.BUILDING, Step.State.SUCCEEDED, first, first.plusSeconds(90)));
    }

    @Test
    void cancellationAndCommitmentExcludeEachOther() {
        Deployment cancelled = insert();
        store.start(cancelled.id(), null, null, null, now());
        Deployment committed = insert();
        store.start(committed.id(), null, null, null, now());

        assertThat(store.cancel(cancelled.id())).isTrue();
        assertThat(store.commit(cancelled.id())).isFalse();
        assertThat(store.commit(committed.id())).isTrue();
        assertThat(store.cancel(committed.id())).isFalse();
        assertThat(store.cancelRequested(cancelled.id())).isTrue();
    }

    @Test
    void onlyOneThatWaitsIsStartedOrCancelledAtOnce() {
        Deployment deployment = insert();

        assertThat(store.cancelQueued(deployment.id(), now())).isTrue();
        assertThat(store.start(deployment.id(), null, null, null, now())).isFalse();
        assertThat(state(deployment)).isEqualTo(State.CANCELLED);
        assertThat(store.unfinished()).doesNotContain(application);
    }

    @Test
    void theReasonOfAFailureIsWrittenBeforeUndoingAndOnce() {
        Deployment deployment = insert();
        Deployment.Reason reason = new Deployment.Reason("code", "Title", "Detail");

        store.undo(deployment.id(), State.FAILED, reason, now());
        store.undo(deployment.id(), State.CANCELLED, null, now());

        Deployment found = store.find(deployment.id()).orElseThrow();
        assertThat(found.undoing().to()).isEqualTo(State.FAILED);
        assertThat(found.undoing().problem()).isEqualTo(reason);
    }

    @Test
    void pagesGoFromTheNewestBack() {
        List<Long> numbers = List.of(insert().number(), insert().number(), insert().number());

        Page<Deployment> first = page(null);
        Page<Deployment> second = page(first.nextCursor());

        assertThat(first.items()).extracting(Deployment::number).containsExactly(numbers.get(2), numbers.get(1));
        assertThat(second.items()).extracting(Deployment::number).containsExactly(numbers.get(0));
        assertThat(second.nextCursor()).isNull();
    }

    @Test
    void releasesAreNumberedWhenTheyGetTheirImageAndKeepTheirSecretsSealed() {
        Release release = release();
        releases.insert(release);
        Release.Image image =
                new Release.Image("sha256:1", "app:1", true, new Deployment.SourceCommit("abc", "msg", "me"));

        releases.complete(release.id(), application, image);
        releases.complete(release.id(), application, new Release.Image("sha256:2", "other", false, null));

        Release found = releases.find(release.id()).orElseThrow();
        assertThat(found.number()).isEqualTo(1);
        assertThat(found.image()).isEqualTo(image);
        assertThat(found.configuration()).isEqualTo(release.configuration());
        assertThat(found.variables()).isEqualTo(release.variables());
        assertThat(kernel.database()
                        .read()
                        .sql("SELECT configuration || run_variables || build_variables FROM releases WHERE id = :id")
                        .param("id", release.id().value())
                        .query(String.class)
                        .single())
                .doesNotContain("hunter2");
    }

    @Test
    void incompleteAndDroppedReleasesAreNotKept() {
        Release incomplete = release();
        Release dropped = release();
        Release kept = release();
        List.of(incomplete, dropped, kept).forEach(releases::insert);
        releases.complete(dropped.id(), application, new Release.Image("sha256:d", "d", true, null));
        releases.complete(kept.id(), application, new Release.Image("sha256:k", "k", true, null));

        releases.drop(dropped.id(), now());
        releases.deleteIncomplete(incomplete.id());
        releases.deleteIncomplete(kept.id());

        assertThat(releases.kept(application)).extracting(Release::id).containsExactly(kept.id());
        assertThat(releases.find(incomplete.id())).isEmpty();
        assertThat(releases.find(dropped.id()).orElseThrow().variables()).isEqualTo(Release.Variables.NONE);
        assertThat(releases.keepsImage("sha256:k")).isTrue();
        assertThat(releases.keepsImage("sha256:d")).isFalse();
    }

    private Page<Deployment> page(@Nullable String cursor) {
        Paging paging = Paging.of(2, cursor);
        return Page.of(store.list(application, paging), paging, deployment -> Long.toString(deployment.number()));
    }

    private State state(Deployment deployment) {
        return store.find(deployment.id()).orElseThrow().state();
    }

    private Deployment insert() {
        Deployment deployment = new Deployment(
                new DeploymentId(kernel.ids().next()),
                application,
                store.nextNumber(application),
                State.QUEUED,
                new Deployment.Request(Kind.DEPLOY, "abcdef0", null, Deployment.Build.AUTO, "because", "me"),
                null,
                null,
                Arrays.stream(Step.values())
                        .map(step -> new Deployment.StepRecord(step, Step.State.PENDING, null, null))
                        .toList(),
                new Deployment.Times(now(), null, null),
                Deployment.Undoing.NONE);
        store.insert(deployment);
        return deployment;
    }

    private Release release() {
        return new Release(
                new ReleaseId(kernel.ids().next()),
                application,
                null,
                null,
                new Configuration(
                        new ServerId(kernel.ids().next()),
                        Source.Git.of("https://example.com/a.git", "main", null, null, null),
                        80,
                        new Configuration.Running(1, HealthCheck.DEFAULT, Resources.UNLIMITED, List.of(), List.of()),
                        new Configuration.Rollout(List.of(), 1, 2, Strategy.ROLLING, 3)),
                new Release.Variables(
                        List.of(new Release.Value(new EnvironmentVariableName("A"), Secret.of("hunter2"), true)),
                        List.of(new Release.Value(new EnvironmentVariableName("B"), Secret.of("plain"), false))),
                now(),
                null);
    }

    private Instant now() {
        return kernel.clock().instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
