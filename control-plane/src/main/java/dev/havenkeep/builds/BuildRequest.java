package dev.havenkeep.builds;

import dev.havenkeep.engine.ImageReference;
import dev.havenkeep.kernel.Secret;
import dev.havenkeep.kernel.ServerId;
import dev.havenkeep.sources.CommitSha;
import dev.havenkeep.sources.GitSource;
import java.util.Map;

/**
 * What to build, and where.
 *
 * @param server whose engine builds and keeps the image
 * @param tag the name that the image gets
 * @param source where the context and the Dockerfile are
 * @param commit the whole SHA to build
 * @param inputs what the Dockerfile may use
 * @param labels what the image is marked with
 */
public record BuildRequest(
        ServerId server,
        ImageReference tag,
        GitSource source,
        CommitSha commit,
        Inputs inputs,
        Map<String, String> labels) {

    public BuildRequest {
        labels = Map.copyOf(labels);
    }

    /**
     * What the Dockerfile may use.
     *
     * @param variables for {@code ARG}; they may be read off the image's history
     * @param secrets for {@code RUN --mount=type=secret,id=NAME}; they are in no layer and no history
     */
    public record Inputs(Map<String, String> variables, Map<String, Secret> secrets) {

        /** Nothing. */
        public static final Inputs NONE = new Inputs(Map.of(), Map.of());

        public Inputs {
            variables = Map.copyOf(variables);
            secrets = Map.copyOf(secrets);
        }
    }
}
