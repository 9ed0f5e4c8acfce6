package dev.havenkeep.applications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.kernel.Secret;
import dev.havenkeep.sources.GitSource;
import dev.havenkeep.sources.GitUrl;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {

    private static final VariableId ID = new VariableId("01900000-0000-7000-8000-000000000000");

    @ParameterizedTest
    @ValueSource(strings = {"a", "web", "my-app-2", "abcdefghijabcdefghijabcdefghijabcdefghij"})
    void applicationNameTakesHostNames(String name) {
        assertThat(new ApplicationName(name).value()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-a",
                "a-",
                "A",
                "a_b",
                "a.b",
                "a b",
                "2a",
                "ä",
                "a;rm -rf /",
                "a\n",
                "$(id)",
                "😀",
                "abcdefghijabcdefghijabcdefghijabcdefghijk"
            })
    void applicationNameRefusesWhatIsNoHostName(String name) {
        assertThatThrownBy(() -> new ApplicationName(name))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refusal -> assertThat(
                                        refusal.problem().fields().getFirst().path())
                                .isEqualTo("name"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"A", "a.b", "a-b", "1", "$(id)", "`x`", "a b", "ümlaut", "😀", "a\nb", "%", "{{x}}", "'"})
    void variableNameTakesWhatDockerTakes(String name) {
        assertThat(new EnvironmentVariableName(name).value()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "=", "a=b", "a\0b"})
    void variableNameRefusesWhatNoProcessCanHave(String name) {
        assertThatThrownBy(() -> new EnvironmentVariableName(name)).isInstanceOf(ProblemException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "$(reboot)", "a: b\n- c", "😀", "\u0001\u0002", "'\"`\\"})
    void variableValueTakesAnyText(String value) {
        assertThat(variable(value).value().reveal()).isEqualTo(value);
    }

    @org.junit.jupiter.api.Test
    void variableValueTakes64KilobytesAndRefusesWhatLinuxRefuses() {
        assertThat(variable("x".repeat(65_536)).value().reveal()).hasSize(65_536);
        assertThatThrownBy(() -> variable("x".repeat(131_072))).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> variable("a\0b")).isInstanceOf(ProblemException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nginx",
                "nginx:1.27",
                "library/nginx",
                "registry.example.com/team/app:v2",
                "localhost:5000/a",
                "a@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
            })
    void imageTakesReferences(String image) {
        assertThat(new Source.Image(image, null, null).image()).isEqualTo(image);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-v", "--privileged", "UPPER", "a b", "a:", "a@sha256:12", "a;b", "http://x/y", "a\nb"})
    void imageRefusesWhatIsNoReference(String image) {
        assertThatThrownBy(() -> new Source.Image(image, null, null)).isInstanceOf(ProblemException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/../etc", "relative", "/", "//", "/a/../b", "/a\nb"})
    void volumeRefusesPathsOutsideOrAtTheRoot(String path) {
        assertThatThrownBy(() -> new VolumeMount("data", path, false)).isInstanceOf(ProblemException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"health", "/a b", "/a\r\nHost: x", "/ü", "/#x"})
    void healthCheckRefusesWhatIsNoRequestTarget(String path) {
        assertThatThrownBy(() -> new HealthCheck(
                        path, List.of(), Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ZERO, 1))
                .isInstanceOf(ProblemException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://example.com/a.git", "ssh://git@example.com:22/a", "git@example.com:team/a.git"})
    void gitSourceTakesAddressesOfRepositories(String url) {
        Source.Git source = Source.Git.of(url, "", null, "", null);

        assertThat(source.asGitSource()).isEqualTo(GitSource.of(GitUrl.parse(url)));
    }

    @ParameterizedTest
    @CsvSource({
        "source.url, https://ada:hunter2@example.com/a.git, main, Dockerfile, .",
        "source.url, file:///etc/passwd, main, Dockerfile, .",
        "source.url, ext::sh -c id, main, Dockerfile, .",
        "source.url, --upload-pack=id, main, Dockerfile, .",
        "source.branch, https://example.com/a.git, -x, Dockerfile, .",
        "source.branch, https://example.com/a.git, a..b, Dockerfile, .",
        "source.dockerfile, https://example.com/a.git, main, ../Dockerfile, .",
        "source.dockerfile, https://example.com/a.git, main, -f, .",
        "source.contextDir, https://example.com/a.git, main, Dockerfile, /etc",
    })
    void gitSourceRefusesAtOnceWhatADeploymentWould(
            String field, String url, String branch, String dockerfile, String contextDir) {
        assertThatThrownBy(() -> Source.Git.of(url, branch, null, dockerfile, contextDir))
                .isInstanceOfSatisfying(ProblemException.class, refusal -> {
                    assertThat(refusal.problem().status()).isEqualTo(422);
                    assertThat(refusal.problem().fields().getFirst().path()).isEqualTo(field);
                    assertThat(refusal.problem().detail()).doesNotContain("hunter2");
                });
    }

    private static Variable variable(String value) {
        return new Variable(
                ID,
                new EnvironmentVariableName("NAME"),
                Secret.of(value),
                Variable.Kind.PLAIN,
                Variable.Availability.RUN,
                Instant.EPOCH);
    }
}
