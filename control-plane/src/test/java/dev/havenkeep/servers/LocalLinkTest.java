package dev.havenkeep.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.havenkeep.kernel.ProblemException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class LocalLinkTest extends LinkContract {

    private final Link link = TestLinks.localLink();

    @Override
    Link link() {
        return link;
    }

    @Test
    void engineThatDoesNotRunIsAProblem() {
        Link nowhere = new LocalLink("local", Path.of("/nowhere/docker.sock"));
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(nowhere::engine)
                .satisfies(e -> assertThat(e.problem().code()).isEqualTo("engine-unreachable"));
    }
}
