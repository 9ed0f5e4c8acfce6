package dev.havenkeep.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.havenkeep.kernel.ProblemException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " https://example.com/x",
                "file:///etc/passwd",
                "/etc/passwd",
                "./x",
                "ext::sh -c id",
                "ext::id",
                "--upload-pack=id",
                "-oProxyCommand=id",
                "git://example.com/x",
                "ftp://example.com/x",
                "https://user:secret@example.com/x",
                "https://user@example.com/x",
                "ssh://git:secret@example.com/x",
                "ssh://-oProxyCommand=id/x",
                "ssh://git@example.com/-x",
                "git@example.com:-x",
                "-git@example.com:x",
                "git@-example.com:x",
                "https://example.com",
                "https://example.com/",
                "https:///x",
                "https://example.com/x?y=z",
                "https://example.com/x#y",
                "https://example.com/a\nb",
                "https://example.com/a\u0000b",
                "https://example.com/a\\b",
                "https://example.com/%zz"
            })
    void urlsThatAreNotPlainAddressesOfServersAreRefused(String text) {
        assertThatThrownBy(() -> GitUrl.parse(text))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("url: ")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("secret"));
    }

    @ParameterizedTest
    @CsvSource({
        "https://Example.com/team/shop.git, HTTPS, example.com, 443, /team/shop.git",
        "http://example.com:8080/shop, HTTP, example.com, 8080, /shop",
        "ssh://deploy@example.com:2222/srv/shop.git, SSH, example.com, 2222, /srv/shop.git",
        "git@github.com:team/shop.git, SSH, github.com, 22, team/shop.git",
        "example.com:shop, SSH, example.com, 22, shop",
        "https://[2001:db8::1]/shop, HTTPS, 2001:db8::1, 443, /shop",
        "git@[2001:db8::1]:shop, SSH, 2001:db8::1, 22, shop"
    })
    void urlsAreTakenApart(String text, GitUrl.Scheme scheme, String host, int port, String path) {
        GitUrl url = GitUrl.parse(text);

        assertThat(url.scheme()).isEqualTo(scheme);
        assertThat(url.host()).isEqualTo(host);
        assertThat(url.port()).isEqualTo(port);
        assertThat(url.path()).isEqualTo(path);
        assertThat(url.text()).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "https://example.com/team/shop.git, ../lib.git, https://example.com/team/lib.git",
        "https://example.com/team/shop.git, ../../other/lib, https://example.com/other/lib",
        "https://example.com/team/shop/, ./lib, https://example.com/team/shop/lib",
        "git@example.com:team/shop.git, ../lib.git, git@example.com:team/lib.git",
        "git@example.com:shop.git, ../lib.git, git@example.com:lib.git",
        "https://example.com/shop.git, https://other.example.com/lib, https://other.example.com/lib"
    })
    void submoduleAddressesAreRelativeToTheRepository(String base, String relative, String expected) {
        assertThat(GitUrl.parse(base).resolve(relative).text()).isEqualTo(expected);
    }

    @Test
    void submoduleAddressCannotLeaveTheServer() {
        assertThatThrownBy(() -> GitUrl.parse("https://example.com/shop.git").resolve("../../evil.com/x"))
                .isInstanceOf(ProblemException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../x",
                "a/../../x",
                "/etc/passwd",
                "-f",
                "./-f",
                "/./-f",
                ".//./--file=x",
                "a\\b",
                "a\u0000b",
                "a\nb",
                ""
            })
    void dockerfilePathsThatLeadOutAreRefused(String text) {
        assertThatThrownBy(() -> new DockerfilePath(text)).isInstanceOf(ProblemException.class);
    }

    @Test
    void pathsAreNormalized() {
        assertThat(new DockerfilePath("./docker//web.Dockerfile").value()).isEqualTo("docker/web.Dockerfile");
        assertThat(new ContextDir("./web/").value()).isEqualTo("web");
        assertThat(new ContextDir("").isRoot()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-x", "a..b", "a b", "a~1", "a:b", "a.lock", "@{x", "a\\b", "a\nb", "/a"})
    void branchNamesThatGitRefusesAreRefused(String text) {
        assertThatThrownBy(() -> new BranchName(text)).isInstanceOf(ProblemException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "zzzzzzz", "12345678901234567890123456789012345678901", "main"})
    void commitsAreHexadecimal(String text) {
        assertThatThrownBy(() -> new CommitSha(text)).isInstanceOf(ProblemException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, false",
        "10.1.2.3, false",
        "172.16.0.1, false",
        "192.168.1.1, false",
        "169.254.169.254, false",
        "100.100.100.200, false",
        "0.0.0.0, false",
        "255.255.255.255, false",
        "224.0.0.1, false",
        "::1, false",
        "fe80::1, false",
        "fd00:ec2::254, false",
        "::ffff:10.0.0.1, false",
        "64:ff9b::7f00:1, false",
        "2002:7f00:1::, false",
        "93.184.216.34, true",
        "2606:4700::1111, true",
        "64:ff9b::5db8:d822, true"
    })
    void onlyPublicAddressesArePublic(String address, boolean isPublic) throws UnknownHostException {
        assertThat(NetworkPolicy.isPublic(InetAddress.getByName(address))).isEqualTo(isPublic);
    }

    @ParameterizedTest
    @CsvSource({
        "node_modules, node_modules/a/b, true",
        "node_modules, src/node_modules/a, false",
        "**/node_modules, src/node_modules/a, true",
        "**/node_modules, node_modules, true",
        "*.md, a.md, true",
        "*.md, docs/a.md, false",
        "**/*.md, docs/x/a.md, true",
        "*/temp*, a/temporary, true",
        "*/*/temp*, a/temporary, false",
        "temp?, tempa, true",
        "temp?, temp, false",
        "a/**, a/b/c, true",
        "a/**/z, a/z, true",
        "a/**/z, a/b/c/z, true",
        "a/**/z, ab/z, false",
        "[a-c]x, bx, true",
        "[^a-c]x, bx, false",
        "[^a-c]x, zx, true",
        "/rooted, rooted, true",
        "./x/../y, y, true",
        "a**z, ab/cz, true",
        "'\\*', '*', true",
        "'\\*', a, false"
    })
    void ignorePatternsMatchAsDockersDo(String pattern, String path, boolean ignored) {
        assertThat(IgnoreRules.parse(pattern).ignores(path)).isEqualTo(ignored);
    }

    @Test
    void lastIgnoreLineThatMatchesDecides() {
        IgnoreRules rules = IgnoreRules.parse("\uFEFFdocs\n!docs/keep\ndocs/keep/secret\n\n  \n# x\n");

        assertThat(rules.ignores("docs/a")).isTrue();
        assertThat(rules.ignores("docs/keep/a")).isFalse();
        assertThat(rules.ignores("docs/keep/secret")).isTrue();
        assertThat(rules.ignoresAllUnder("docs")).isFalse();
    }

    @Test
    void ignorePatternMadeToBeSlowIsNot() {
        IgnoreRules rules = IgnoreRules.parse("*a".repeat(300) + "\n" + "**/".repeat(200) + "x");

        assertThat(rules.ignores("a".repeat(2000) + "b")).isFalse();
        assertThat(rules.ignores("a/".repeat(500) + "y")).isFalse();
    }
}
