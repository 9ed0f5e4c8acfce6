package dev.havenkeep.deployments;

import dev.havenkeep.HavenkeepApplication;
import dev.havenkeep.testing.TestClassesExcluded;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.support.GenericApplicationContext;

/**
 * Havenkeep as a process of its own that comes to a standstill at a point of a deployment, so that it can be killed
 * there. The point is read from a file, and another file says that it was reached.
 */
public final class StoppingHavenkeep {

    private StoppingHavenkeep() {}

    /** The first argument is the folder of the two files; the rest are properties. */
    public static void main(String[] arguments) {
        Path folder = Path.of(arguments[0]);
        String[] properties = java.util.Arrays.copyOfRange(arguments, 1, arguments.length);
        new SpringApplicationBuilder(HavenkeepApplication.class)
                .initializers(
                        TestClassesExcluded::exclude,
                        context -> ((GenericApplicationContext) context)
                                .registerBean(DeploymentRunner.StepListener.class, () -> new Standstill(folder)))
                .run(properties);
    }

    private record Standstill(Path folder) implements DeploymentRunner.StepListener {

        @Override
        public void before(DeploymentId deployment, Step step, boolean undoing) {
            at("before", step, undoing);
        }

        @Override
        public void after(DeploymentId deployment, Step step, boolean undoing) {
            at("after", step, undoing);
        }

        private void at(String when, Step step, boolean undoing) {
            String point = when + (undoing ? " undoing " : " ") + step.text();
            try {
                Path wanted = folder.resolve("stand-still-at");
                if (Files.exists(wanted) && Files.readString(wanted).equals(point)) {
                    Files.writeString(folder.resolve("standing-still"), point);
                    new CountDownLatch(1).await();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
