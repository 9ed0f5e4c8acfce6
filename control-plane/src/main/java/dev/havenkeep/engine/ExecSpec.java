package dev.havenkeep.engine;

import dev.havenkeep.kernel.Secret;
import dev.havenkeep.servers.Command;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A command to run inside a container.
 *
 * @param user absent for the container's own
 * @param deadline after which the connection to it is ended
 */
public record ExecSpec(
        List<String> argv,
        Map<String, Secret> environment,
        @Nullable String user,
        Command.Stdin stdin,
        Duration deadline) {

    public ExecSpec {
        argv = List.copyOf(argv);
        environment = Map.copyOf(environment);
    }

    /** A command without input or variables of its own. */
    public static ExecSpec of(Duration deadline, String... argv) {
        return new ExecSpec(List.of(argv), Map.of(), null, Command.Stdin.NONE, deadline);
    }
}
