package dev.havenkeep.builds;

import dev.havenkeep.engine.ImageReference;
import dev.havenkeep.servers.Command;
import dev.havenkeep.sources.DockerfilePath;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The {@code docker build} command of one build: the context on its standard input, nothing that needs a shell. */
final class BuildCommand {

    /**
     * Variables that mean something to the docker command itself, or to what starts it. A build variable of such a name
     * travels as an argument; any other travels in the environment, where other users of the server cannot read it.
     */
    private static final Pattern MEANS_SOMETHING = Pattern.compile(
            "(?i)(DOCKER|BUILD|COMPOSE|LD_|GO|SSL_|XDG_|OTEL|LC_|BASH|TMP|SSH|GIT_|GRPC|AWS_|CLICOLOR).*"
                    + "|.*_PROXY|.{1,2}|PATH|HOME|USER|LOGNAME|SHELL|IFS|ENV|PWD|OLDPWD|TERM|LANG|LANGUAGE|NO_COLOR|PS[0-9]"
                    + "|TZ|TEMP|MALLOC.*|NLSPATH|POSIXLY_CORRECT|EXPERIMENTAL.*|SOURCE_DATE_EPOCH|PROGRESS.*");

    private static final String TAG = "--tag=";

    private BuildCommand() {}

    static Command of(
            BuildRequest request,
            DockerCommand docker,
            String engineSocket,
            DockerfilePath dockerfile,
            Map<String, String> secretFiles,
            Command.Stdin context,
            Duration deadline) {
        Map<String, String> environment = new HashMap<>();
        List<String> argv = new ArrayList<>(List.of(docker.path(), "build"));
        argv.add("--progress=plain");
        argv.add(TAG + request.tag());
        argv.add("--file=" + dockerfile);
        new TreeMap<>(request.labels()).forEach((key, value) -> argv.add("--label=" + key + "=" + value));
        new TreeMap<>(request.inputs().variables()).forEach((name, value) -> {
            if (MEANS_SOMETHING.matcher(name).matches()) {
                argv.add("--build-arg=" + name + "=" + value);
            } else {
                argv.add("--build-arg=" + name);
                environment.put(name, value);
            }
        });
        new TreeMap<>(secretFiles).forEach((name, file) -> argv.add("--secret=id=" + name + ",src=" + file));
        argv.add("-");
        environment.put("DOCKER_BUILDKIT", "1");
        environment.put("DOCKER_HOST", "unix://" + engineSocket);
        environment.put("DOCKER_CONTEXT", "");
        environment.put("BUILDX_BUILDER", "default");
        environment.put("BUILDX_NO_DEFAULT_ATTESTATIONS", "1");
        environment.put("DOCKER_CLI_HINTS", "false");
        return new Command(argv, environment, context, deadline);
    }

    /** Ends every build of an image; exits with 1 when there was none. The brackets keep it from finding itself. */
    static Command end(ImageReference tag, Duration deadline) {
        String pattern = "[-]" + TAG.substring(1) + tag.toString().replace(".", "\\.") + " ";
        return Command.of(deadline, "pkill", "-KILL", "-f", "--", pattern);
    }
}
