package dev.havenkeep.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.havenkeep.kernel.ProblemException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageReferenceTest {

    private static final String DIGEST = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    @ParameterizedTest
    @CsvSource({
        "nginx, docker.io, library/nginx, latest, nginx:latest",
        "nginx:1.27, docker.io, library/nginx, 1.27, nginx:1.27",
        "docker.io/nginx, docker.io, library/nginx, latest, nginx:latest",
        "index.docker.io/library/nginx:a, docker.io, library/nginx, a, nginx:a",
        "team/app:v1_2-3.4, docker.io, team/app, v1_2-3.4, team/app:v1_2-3.4",
        "localhost/app, localhost, app, latest, localhost/app:latest",
        "127.0.0.1:5000/a/b__c-d.e:T, 127.0.0.1:5000, a/b__c-d.e, T, 127.0.0.1:5000/a/b__c-d.e:T",
        "Registry/app:1, Registry, app, 1, Registry/app:1",
        "ghcr.io/a/b/c/d:1, ghcr.io, a/b/c/d, 1, ghcr.io/a/b/c/d:1",
        "[2001:db8::1]:5000/app:1, [2001:db8::1]:5000, app, 1, [2001:db8::1]:5000/app:1"
    })
    void readsWhatDockerReads(String text, String domain, String path, String tag, String shown) {
        ImageReference reference = ImageReference.parse(text);
        assertThat(reference.domain()).isEqualTo(domain);
        assertThat(reference.path()).isEqualTo(path);
        assertThat(reference.tag()).isEqualTo(tag);
        assertThat(reference).hasToString(shown);
        assertThat(ImageReference.parse(shown)).isEqualTo(reference);
    }

    @ParameterizedTest
    @CsvSource({"nginx@" + DIGEST + ", ", "nginx:1@" + DIGEST + ", 1"})
    void readsDigests(String text, String tag) {
        ImageReference reference = ImageReference.parse(text);
        assertThat(reference.digest()).isEqualTo(DIGEST);
        assertThat(reference.tag()).isEqualTo(tag);
        assertThat(reference).hasToString(text);
    }

    @org.junit.jupiter.api.Test
    void readsLocalIds() {
        ImageReference reference = ImageReference.parse(DIGEST);
        assertThat(reference.local()).isTrue();
        assertThat(reference).hasToString(DIGEST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "/",
                ":",
                "@",
                "nginx:",
                "nginx@",
                "NGINX",
                "a/B",
                "-a",
                "a-",
                "a..b",
                "a___b",
                "a//b",
                "a/",
                "/a",
                "nginx:1:2",
                "nginx:a b",
                "nginx\n",
                "nginx:1\n",
                "nginx;id",
                "$(id)",
                "`id`",
                "nginx --privileged",
                "--privileged",
                "nginx?x=1",
                "nginx#x",
                "../nginx",
                "a/../b",
                "nginx%2f",
                "nginx@sha256:abc",
                "nginx@md5:0123456789abcdef0123456789abcdef",
                "http://nginx",
                "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
                "😁",
                "host:port/app"
            })
    void refusesEverythingElse(String text) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> ImageReference.parse(text))
                .satisfies(e -> assertThat(e.problem().status()).isEqualTo(422));
    }

    @org.junit.jupiter.api.Test
    void longTextIsRefusedQuickly() {
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> ImageReference.parse("a".repeat(65_536)));
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> ImageReference.parse("a.".repeat(200) + "!"));
    }
}
