package dev.havenkeep.engine;

import dev.havenkeep.kernel.Secret;
import dev.havenkeep.servers.Link;
import dev.havenkeep.servers.TestLinks;
import org.junit.jupiter.api.Test;

class LocalDockerTest extends DockerContract {

    @Override
    Link link() {
        return TestLinks.localLink();
    }

    @Test
    void imageThatTheRegistryDoesNotHaveIsAProblem() {
        assertProblem("image-not-found", () -> pull("127.0.0.1:5000/library/none:" + run));
    }

    @Test
    void registryThatDoesNotAnswerIsAProblem() {
        assertProblem("registry-unreachable", () -> pull("127.0.0.1:1/library/none:1"));
    }

    private void pull(String reference) {
        try (Pull pull = docker.images()
                .pull(ImageReference.parse(reference), new RegistryCredentials("user", Secret.of("password")))) {
            pull.await(progress -> {});
        }
    }
}
