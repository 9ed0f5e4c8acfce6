package dev.havenkeep.deployments;

import dev.havenkeep.applications.Application;
import dev.havenkeep.applications.Configuration;
import dev.havenkeep.applications.Strategy;
import dev.havenkeep.engine.Docker;
import dev.havenkeep.kernel.Cancellation;
import dev.havenkeep.kernel.Masks;
import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.servers.Link;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A deployment at work: what its acts share. Used by one thread; the log by several. */
final class Attempt implements AutoCloseable {

    private final Deployment deployment;
    private final Application application;
    private final Tools tools;
    private Release release;
    private boolean again;

    /**
     * What an attempt works with.
     *
     * @param docker the engine of the release's server
     * @param link the way to it
     * @param cancellation ends whatever the attempt waits on when it is called off
     * @param masks blots the release's secrets
     */
    record Tools(
            Docker docker,
            Link link,
            DeploymentLog log,
            Masks masks,
            Cancellation cancellation,
            DeploymentStore deployments,
            ReleaseStore releases) {}

    Attempt(Deployment deployment, Application application, Release release, Tools tools) {
        this.deployment = deployment;
        this.application = application;
        this.release = release;
        this.tools = tools;
    }

    Deployment deployment() {
        return deployment;
    }

    Application application() {
        return application;
    }

    Release release() {
        return release;
    }

    /** The release's own configuration, which is not always what the application's is by now. */
    Configuration configuration() {
        return release.configuration();
    }

    Docker docker() {
        return tools.docker();
    }

    Link link() {
        return tools.link();
    }

    /** An act begins. */
    void begin(Step step) {
        again = deployment.step(step).state() == Step.State.RUNNING;
    }

    /** The act that is at work begins once more. */
    void repeat() {
        again = true;
    }

    /** Whether the act at work had begun before, here or in a process that was killed, so that parts of it may be done. */
    boolean again() {
        return again;
    }

    DeploymentLog log() {
        return tools.log();
    }

    Masks masks() {
        return tools.masks();
    }

    Cancellation cancellation() {
        return tools.cancellation();
    }

    Kind kind() {
        return deployment.request().kind();
    }

    /** All but a stop. */
    boolean startsContainers() {
        return kind() != Kind.STOP;
    }

    boolean recreates() {
        return configuration().rollout().strategy() == Strategy.RECREATE;
    }

    /** What served before this deployment; absent when nothing did. */
    @Nullable
    DeploymentId previous() {
        return deployment.undoing().previous();
    }

    /** The image of the release, once a step has brought it. */
    Release.Image image() {
        return Objects.requireNonNull(release.image(), "The release has no image before it is fetched or built");
    }

    /** Gives the release its image, which makes it complete. */
    void complete(Release.Image image) {
        tools.releases().complete(release.id(), application.id(), image);
        release = tools.releases().find(release.id()).orElseThrow();
    }

    /** Writes down which commit it is about. */
    void found(Deployment.SourceCommit commit) {
        tools.deployments().found(deployment.id(), commit);
    }

    /**
     * The point of no return.
     *
     * @throws ProblemException {@code cancelled} when somebody called it off before
     */
    void commit() {
        if (!tools.deployments().commit(deployment.id())) {
            throw new ProblemException(Cancellation.problem());
        }
    }

    /**
     * Waits, unless the deployment is called off meanwhile.
     *
     * @throws ProblemException {@code cancelled} when it is
     */
    void pause(long millis) {
        CountDownLatch cancelled = new CountDownLatch(1);
        try (Cancellation.Registration registration = cancellation().onCancel(cancelled::countDown)) {
            if (cancelled.await(millis, TimeUnit.MILLISECONDS)) {
                throw new ProblemException(Cancellation.problem());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException(Cancellation.problem(), e);
        }
    }

    /**
     * Does something that waits by itself, and ends its waiting when the deployment is called off. Nothing is to be
     * logged in there: the interrupt would close the log.
     *
     * @throws ProblemException {@code cancelled} when it is called off
     */
    <T> T cancellably(Supplier<T> waiting) {
        T result = cancellation().interrupting(waiting);
        cancellation().check();
        return result;
    }

    /** The same for what answers nothing. */
    void cancellably(Runnable waiting) {
        cancellation().interrupting(() -> {
            waiting.run();
            return true;
        });
        cancellation().check();
    }

    /** The same attempt on its way back, which nothing calls off. */
    Attempt forUndoing(Deployment now) {
        return new Attempt(
                now,
                application,
                release,
                new Tools(
                        tools.docker(),
                        tools.link(),
                        tools.log(),
                        tools.masks(),
                        new Cancellation(),
                        tools.deployments(),
                        tools.releases()));
    }

    /** An act, or an undo, that has nothing to do. */
    static void nothing(Attempt attempt) {}

    /** A failure of the deployment, in words for the person who asked for it. */
    static ProblemException failure(String code, String title, String detail) {
        return new ProblemException(Problem.of(422, code, title, detail));
    }

    @Override
    public void close() {
        tools.log().close();
    }
}
