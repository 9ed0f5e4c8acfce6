package dev.havenkeep.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.havenkeep.kernel.Cancellation;
import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.testing.GitRepository;
import dev.havenkeep.testing.HttpGitServer;
import dev.havenkeep.testing.Kernel;
import dev.havenkeep.testing.OnBothDatabases;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OnBothDatabases
class BuildContextTest {

    private final Kernel kernel;

    @TempDir
    Path folder;

    private TestSources module;
    private GitRepository shop;
    private HttpGitServer server;

    BuildContextTest(Kernel kernel) {
        this.kernel = kernel;
    }

    @BeforeEach
    void openServer() {
        module = TestSources.on(kernel, folder.resolve("data"));
        shop = GitRepository.in(folder, "shop");
        server = HttpGitServer.open(folder);
        shop.write("Dockerfile", "FROM alpine:3\n");
    }

    @AfterEach
    void closeServer() {
        server.close();
        module.close();
    }

    @Test
    void archiveHoldsTheTreeAsGitHasIt() throws IOException {
        String longName = "deep/" + "folder-with-a-long-name/".repeat(6) + "ünïcode \"file\".txt";
        shop.write(longName, "long")
                .write("bin/start", "#!/bin/sh\n")
                .executable("bin/start")
                .link("current", "bin/start")
                .link("outside", "../../../etc/passwd")
                .write("empty", "");

        Path out = extracted(GitSource.of(GitUrl.parse(server.url("shop"))));

        assertThat(out.resolve(longName)).hasContent("long");
        assertThat(Files.isExecutable(out.resolve("bin/start"))).isTrue();
        assertThat(Files.isExecutable(out.resolve("Dockerfile"))).isFalse();
        assertThat(Files.readSymbolicLink(out.resolve("current"))).isEqualTo(Path.of("bin/start"));
        assertThat(Files.readSymbolicLink(out.resolve("outside"))).isEqualTo(Path.of("../../../etc/passwd"));
        assertThat(out.resolve("empty")).isEmptyFile();
        assertThat(out.resolve(".git")).doesNotExist();
    }

    @Test
    void sameCommitGivesTheSameBytesFromAnyMirror() throws IOException {
        shop.write("a/b", "b").write("a.txt", "a").push("main", "One");
        GitSource source = GitSource.of(GitUrl.parse(server.url("shop")));

        byte[] first = bytes(module, source);
        try (TestSources other = TestSources.on(kernel, folder.resolve("other"))) {
            assertThat(bytes(other, source)).isEqualTo(first);
        }
    }

    @Test
    void ignoreFileLeavesOutAndTakesBack() throws IOException {
        shop.write(".dockerignore", "# comment\nnode_modules\n*.md\n!README.md\n**/*.log\nDockerfile\n/docs\n")
                .write("node_modules/x/y.js", "y")
                .write("CHANGES.md", "c")
                .write("README.md", "r")
                .write("docs/a", "a")
                .write("src/docs/a", "a")
                .write("src/deep/x.log", "l");

        Path out = extracted(GitSource.of(GitUrl.parse(server.url("shop"))));

        assertThat(out.resolve("node_modules")).doesNotExist();
        assertThat(out.resolve("CHANGES.md")).doesNotExist();
        assertThat(out.resolve("README.md")).exists();
        assertThat(out.resolve("docs")).doesNotExist();
        assertThat(out.resolve("src/docs/a")).exists();
        assertThat(out.resolve("src/deep/x.log")).doesNotExist();
        assertThat(out.resolve("Dockerfile")).exists();
    }

    @Test
    void ignoreFileOfTheDockerfileItselfComesFirst() throws IOException {
        shop.write(".dockerignore", "kept\n")
                .write("docker/web.Dockerfile", "FROM alpine:3\n")
                .write("docker/web.Dockerfile.dockerignore", "left-out\n")
                .write("kept", "k")
                .write("left-out", "l");
        GitUrl url = GitUrl.parse(server.url("shop"));

        Path out =
                extracted(new GitSource(url, null, null, new DockerfilePath("docker/web.Dockerfile"), ContextDir.ROOT));

        assertThat(out.resolve("kept")).exists();
        assertThat(out.resolve("left-out")).doesNotExist();
    }

    @Test
    void contextFolderIsAllThatTheBuildSees() throws IOException {
        shop.write("web/Dockerfile", "FROM alpine:3\n")
                .write("web/app/main", "m")
                .write("website/x", "x");
        GitUrl url = GitUrl.parse(server.url("shop"));

        Path out = extracted(new GitSource(url, null, null, DockerfilePath.DEFAULT, new ContextDir("./web/")));

        assertThat(out.resolve("app/main")).exists();
        assertThat(out.toFile().list()).containsExactlyInAnyOrder("Dockerfile", "app");
    }

    @Test
    void submodulesAreFetchedAtTheirCommits() throws IOException {
        GitRepository library = GitRepository.in(folder, "library");
        library.write("lib.txt", "old").push("main", "Old");
        shop.submodule("vendor/library", library, "../library.git");
        library.write("lib.txt", "new").push("main", "New");

        Path out = extracted(GitSource.of(GitUrl.parse(server.url("shop"))));

        assertThat(out.resolve("vendor/library/lib.txt")).hasContent("old");
    }

    @Test
    void submoduleThatNamesAFileOfThisMachineIsRefused() {
        GitRepository library = GitRepository.in(folder, "library");
        library.write("lib.txt", "old").push("main", "Old");
        shop.submodule("vendor", library, "file:///etc");

        assertThatThrownBy(() -> extracted(GitSource.of(GitUrl.parse(server.url("shop")))))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("names a file of the control plane");
    }

    @Test
    void filesInLfsComeFromTheLfsServer() throws Exception {
        byte[] content = "large".repeat(1000).getBytes(StandardCharsets.UTF_8);
        String oid =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        String pointer =
                "version https://git-lfs.github.com/spec/v1\noid sha256:" + oid + "\nsize " + content.length + "\n";
        shop.write(".gitattributes", "*.bin filter=lfs diff=lfs merge=lfs -text\n")
                .write("model.bin", pointer)
                .write("pointer.txt", pointer);
        GitSource source = GitSource.of(GitUrl.parse(server.url("shop")));

        assertThatThrownBy(() -> extracted(source))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("lfs-object-missing")
                .hasMessageContaining("model.bin");

        server.keepLfsObject(oid, content);
        Path out = extracted(source);

        assertThat(out.resolve("model.bin")).hasBinaryContent(content);
        assertThat(out.resolve("pointer.txt")).hasContent(pointer);
    }

    @Test
    void missingDockerfileAndFolderAreSaid() {
        GitUrl url = GitUrl.parse(server.url("shop"));

        assertThatThrownBy(() -> extracted(
                        new GitSource(url, null, null, new DockerfilePath("docker/Dockerfile"), ContextDir.ROOT)))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("dockerfile-missing")
                .hasMessageContaining("has no file docker/Dockerfile");
        assertThatThrownBy(
                        () -> extracted(new GitSource(url, null, null, DockerfilePath.DEFAULT, new ContextDir("web"))))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("context-missing");
    }

    @Test
    void treeWithANameThatLeadsOutIsRefused() {
        shop.push("main", "Base");
        String blob = shop.git("rev-parse", "HEAD:Dockerfile").strip();
        String inner = shop.tree("100644 blob " + blob + "\tevil\n");
        String tree = shop.tree("100644 blob " + blob + "\tDockerfile\n040000 tree " + inner + "\t..\n");
        String commit = shop.git("commit-tree", "-m", "Evil", tree).strip();
        shop.git("push", "--quiet", "--force", "origin", commit + ":refs/heads/main");

        assertThatThrownBy(() -> archive(module, GitSource.of(GitUrl.parse(server.url("shop")))))
                .isInstanceOf(ProblemException.class);
    }

    private Path extracted(GitSource source) throws IOException {
        shop.push("main", "Commit");
        Path archive = Files.write(folder.resolve("context.tar"), bytes(module, source));
        Path out = Files.createDirectories(folder.resolve("out-" + System.nanoTime()));
        Process tar = new ProcessBuilder("tar", "-xf", archive.toString(), "-C", out.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(tar.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            assertThat(tar.waitFor()).as(said).isZero();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return out;
    }

    private static byte[] bytes(TestSources module, GitSource source) throws IOException {
        return archive(module, source).toByteArray();
    }

    private static ByteArrayOutputStream archive(TestSources module, GitSource source) throws IOException {
        Commit commit = module.sources.resolve(source, null, new Cancellation());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (BuildContext context = module.sources.context(source, commit.sha(), new Cancellation())) {
            context.writeTo(out);
            context.writeTo(OutputStream.nullOutputStream());
        }
        return out;
    }
}
