package dev.havenkeep.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.havenkeep.kernel.Cancellation;
import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.kernel.Secret;
import dev.havenkeep.kernel.TeamId;
import dev.havenkeep.testing.GitRepository;
import dev.havenkeep.testing.HttpGitServer;
import dev.havenkeep.testing.Kernel;
import dev.havenkeep.testing.OnBothDatabases;
import dev.havenkeep.testing.SshGitServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

@OnBothDatabases
class SourcesTest {

    private static final String TOKEN = "s3cr3t-t0ken-canary";

    private final Kernel kernel;

    @TempDir
    Path folder;

    private TestSources module;
    private GitRepository shop;
    private HttpGitServer server;

    SourcesTest(Kernel kernel) {
        this.kernel = kernel;
    }

    @BeforeEach
    void openServer() {
        module = TestSources.on(kernel, folder.resolve("data"));
        shop = GitRepository.in(folder, "shop");
        server = HttpGitServer.open(folder);
    }

    @AfterEach
    void closeServer() {
        server.close();
        module.close();
    }

    @Test
    void whatIsKeptOfARepositoryGoesUnlessSomebodyReadsIt() throws IOException {
        shop.write("Dockerfile", "FROM alpine:3\n").push("main", "One");
        GitSource source = GitSource.of(GitUrl.parse(server.url("shop")));
        Commit commit = module.sources.resolve(source, null, new Cancellation());

        try (BuildContext reading = module.sources.context(source, commit.sha(), new Cancellation())) {
            module.sources.forget(source.url(), null);
            assertThat(reading.size()).isPositive();
            assertThat(folder.resolve("data/mirrors")).isNotEmptyDirectory();
        }
        // What was reading ends a moment after it is closed.
        await().untilAsserted(() -> {
            module.sources.forget(source.url(), null);
            assertThat(folder.resolve("data/mirrors")).isEmptyDirectory();
        });
        module.sources.forget(source.url(), null);
        assertThat(folder.resolve("data/mirrors")).isEmptyDirectory();
        assertThat(module.sources.resolve(source, null, new Cancellation())).isEqualTo(commit);
    }

    @Test
    void resolveFindsTheTipOfTheDefaultBranchAndThenOfWhatWasPushedLater() {
        String first = shop.write("Dockerfile", "FROM alpine:3\n").push("main", "One\n\nBody");
        GitSource source = GitSource.of(GitUrl.parse(server.url("shop")));

        Commit found = module.sources.resolve(source, null, new Cancellation());

        assertThat(found.sha().value()).isEqualTo(first);
        assertThat(found.message()).isEqualTo("One");
        assertThat(found.author()).isEqualTo("Ada");

        String second = shop.write("index.html", "hello").push("main", "Two");

        assertThat(module.sources
                        .resolve(source, null, new Cancellation())
                        .sha()
                        .value())
                .isEqualTo(second);
    }

    @Test
    void locksThatAKilledProcessLeftAreNoHindrance() throws IOException {
        shop.write("Dockerfile", "FROM alpine:3\n").push("main", "One");
        GitSource source = GitSource.of(GitUrl.parse(server.url("shop"))).onBranch(new BranchName("main"));
        module.sources.resolve(source, null, new Cancellation());
        try (Stream<Path> files = Files.walk(folder.resolve("data/mirrors"))) {
            for (Path file : files.filter(
                            file -> file.toString().contains("refs/haven/branches/") || file.endsWith("config"))
                    .toList()) {
                Files.createFile(file.resolveSibling(file.getFileName() + ".lock"));
            }
        }
        String second = shop.write("index.html", "hello").push("main", "Two");

        try (TestSources next = TestSources.on(kernel, folder.resolve("data"))) {
            assertThat(next.sources
                            .resolve(source, null, new Cancellation())
                            .sha()
                            .value())
                    .isEqualTo(second);
        }
    }

    @Test
    void aMirrorThatCannotBeWrittenIsAFailureAndNotAnOlderCommit() throws IOException {
        shop.write("Dockerfile", "FROM alpine:3\n").push("main", "One");
        GitSource source = GitSource.of(GitUrl.parse(server.url("shop"))).onBranch(new BranchName("main"));
        module.sources.resolve(source, null, new Cancellation());
        try (Stream<Path> files = Files.walk(folder.resolve("data/mirrors"))) {
            Path ref = files.filter(file -> file.toString().contains("refs/haven/branches/"))
                    .findAny()
                    .orElseThrow();
            Files.createFile(ref.resolveSibling(ref.getFileName() + ".lock"));
        }
        shop.write("index.html", "hello").push("main", "Two");

        assertThatThrownBy(() -> module.sources.resolve(source, null, new Cancellation()))
                .isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void resolveFindsABranchWhoseNameWasAFolderOfBranchesBefore() {
        shop.write("Dockerfile", "FROM alpine:3\n").push("feature/one", "One");
        GitSource source = GitSource.of(GitUrl.parse(server.url("shop")));
        module.sources.resolve(source.onBranch(new BranchName("feature/one")), null, new Cancellation());
        shop.git("push", "--quiet", "--delete", "origin", "feature/one");
        String tip = shop.push("feature", "Two");

        Commit found = module.sources.resolve(source.onBranch(new BranchName("feature")), null, new Cancellation());

        assertThat(found.sha().value()).isEqualTo(tip);
    }

    @Test
    void resolveFindsACommitByItsAbbreviationOnAnyBranch() {
        shop.write("Dockerfile", "FROM alpine:3\n").push("main", "One");
        String aside = shop.write("a", "a").push("aside", "Aside");
        GitSource source = GitSource.of(GitUrl.parse(server.url("shop"))).onBranch(new BranchName("main"));

        Commit found = module.sources.resolve(source, new CommitSha(aside.substring(0, 8)), new Cancellation());

        assertThat(found.sha().value()).isEqualTo(aside);
        assertThat(module.sources.resolve(source, new CommitSha(aside), new Cancellation()))
                .isEqualTo(found);
    }

    @Test
    void forcePushedBranchIsFollowedAndTheOldCommitStaysKnown() {
        shop.write("Dockerfile", "FROM alpine:3\n").push("main", "Base");
        String lost = shop.write("a", "a").push("main", "Lost");
        GitSource source = GitSource.of(GitUrl.parse(server.url("shop")));
        module.sources.resolve(source, null, new Cancellation());
        shop.git("reset", "--quiet", "--hard", "HEAD~1");
        String rewritten = shop.write("b", "b").push("main", "Rewritten");

        assertThat(module.sources
                        .resolve(source, null, new Cancellation())
                        .sha()
                        .value())
                .isEqualTo(rewritten);
        assertThat(module.sources
                        .resolve(source, new CommitSha(lost), new Cancellation())
                        .message())
                .isEqualTo("Lost");
    }

    @Test
    void branchesAreListedWithTheDefault() {
        shop.write("Dockerfile", "FROM alpine:3\n").push("main", "One");
        shop.push("next", "Two");

        Branches found = module.sources.branches(GitUrl.parse(server.url("shop")), null, new Cancellation());

        assertThat(found.names()).containsExactly("main", "next");
        assertThat(found.defaultBranch()).isEqualTo("main");
    }

    @Test
    void whatIsMissingIsSaid() {
        GitSource source = GitSource.of(GitUrl.parse(server.url("shop")));
        assertProblem("repository-empty", "no commit yet", () -> resolve(source));
        assertProblem("repository-empty", "no commit yet", () -> resolve(source.onBranch(new BranchName("main"))));

        shop.write("README", "x").push("main", "One");

        assertProblem("branch-missing", "It has: main.", () -> resolve(source.onBranch(new BranchName("production"))));
        assertProblem(
                "commit-missing",
                "Was it pushed",
                () -> module.sources.resolve(
                        source, new CommitSha("1234567890123456789012345678901234567890"), new Cancellation()));
        assertProblem(
                "repository-unreachable",
                "no such repository",
                () -> resolve(GitSource.of(GitUrl.parse(server.url("nothing")))));
    }

    @Test
    void unreachableServersAreSaid() throws IOException {
        int closedPort;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closedPort = free.getLocalPort();
        }
        assertProblem(
                "repository-unreachable",
                "does not accept connections",
                () -> resolve(GitSource.of(GitUrl.parse("http://127.0.0.1:" + closedPort + "/x.git"))));
        assertProblem(
                "repository-unreachable",
                "no host named nowhere.invalid",
                () -> resolve(GitSource.of(GitUrl.parse("https://nowhere.invalid/x.git"))));
    }

    @Test
    void tokenOpensAProtectedRepositoryAndNothingElseDoes() {
        shop.write("Dockerfile", "FROM alpine:3\n").push("main", "One");
        TeamId team = TestSources.team(kernel);
        try (HttpGitServer closed = HttpGitServer.protectedBy(folder, "ada", TOKEN)) {
            GitSource source = GitSource.of(GitUrl.parse(closed.url("shop")));
            GitCredentialId right = module.credentials
                    .createToken(team, "right", "ada", Secret.of(TOKEN))
                    .id();
            GitCredentialId wrong = module.credentials
                    .createToken(team, "wrong", "ada", Secret.of("wrong-canary"))
                    .id();

            assertThat(resolve(source.with(right)).message()).isEqualTo("One");
            assertProblem("credentials-rejected", "not public", () -> resolve(source));
            assertProblem("credentials-rejected", "not accepted", () -> resolve(source.with(wrong)));
        }
    }

    @Test
    void tokenIsNotSentInTheClearUnlessPrivateNetworksAreAllowed() {
        TeamId team = TestSources.team(kernel);
        GitCredentialId token = module.credentials
                .createToken(team, "token", "ada", Secret.of(TOKEN))
                .id();
        try (TestSources strict = TestSources.withLimits(
                kernel,
                folder.resolve("strict"),
                TestSources.limits(false, DataSize.ofMegabytes(1), DataSize.ofMegabytes(1)))) {
            assertProblem(
                    "credentials-rejected",
                    "readable on its way",
                    () -> strict.sources.resolve(
                            GitSource.of(GitUrl.parse("http://git.example.com/x.git"))
                                    .with(token),
                            null,
                            new Cancellation()));
        }
    }

    @Test
    void deployKeyOpensAnSshRepositoryOnceItIsAuthorized() {
        shop.write("Dockerfile", "FROM alpine:3\n").push("main", "One");
        TeamId team = TestSources.team(kernel);
        GitCredential key = module.credentials.createDeployKey(team, "key");
        try (SshGitServer sshServer = SshGitServer.open(folder.resolve("sshd"), folder)) {
            GitSource source = GitSource.of(GitUrl.parse(sshServer.url("shop"))).with(key.id());

            assertProblem("credentials-rejected", "deploy key", () -> resolve(source));
            assertThat(module.store.hostKeys(key.id())).isEmpty();

            sshServer.authorize(java.util.Objects.requireNonNull(key.publicKey()));
            assertThat(resolve(source).message()).isEqualTo("One");
            assertThat(module.store.hostKeys(key.id())).hasSize(1);
            assertProblem(
                    "repository-unreachable",
                    "",
                    () -> resolve(
                            GitSource.of(GitUrl.parse(sshServer.url("nothing"))).with(key.id())));
            assertProblem(
                    "credentials-rejected",
                    "needs a deploy key",
                    () -> resolve(GitSource.of(GitUrl.parse(sshServer.url("shop")))));

            sshServer.changeHostKey();
            assertProblem("host-key-changed", "SHA256:", () -> resolve(source));

            module.credentials.forgetHostKeys(key.id());
            assertThat(resolve(source).message()).isEqualTo("One");
        }
    }

    @Test
    void addressesOfTheOwnNetworkAreRefusedByDefault() {
        shop.write("Dockerfile", "FROM alpine:3\n").push("main", "One");
        try (TestSources strict = TestSources.withLimits(
                kernel,
                folder.resolve("strict"),
                TestSources.limits(false, DataSize.ofMegabytes(1), DataSize.ofMegabytes(1)))) {
            for (String url : new String[] {
                server.url("shop"),
                server.url("shop").replace("127.0.0.1", "localhost"),
                "http://169.254.169.254/latest/meta-data.git",
                "http://[::1]/x.git",
                "http://2130706433/x.git"
            }) {
                assertProblem(
                        "address-refused",
                        "allow-private-networks",
                        () -> strict.sources.resolve(GitSource.of(GitUrl.parse(url)), null, new Cancellation()));
            }
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void tooLargeARepositoryIsNotFetched() {
        byte[] noise = new byte[300_000];
        new java.util.Random(1).nextBytes(noise);
        shop.write("noise", noise).push("main", "Noise");
        try (TestSources small = TestSources.withLimits(
                kernel,
                folder.resolve("small"),
                TestSources.limits(true, DataSize.ofKilobytes(100), DataSize.ofMegabytes(1)))) {
            assertProblem(
                    "repository-too-large",
                    "MiB",
                    () -> small.sources.resolve(
                            GitSource.of(GitUrl.parse(server.url("shop"))), null, new Cancellation()));
        }
    }

    @Test
    void cancelEndsAFetchFromAServerThatSaysNothing() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Cancellation cancellation = new Cancellation();
            GitSource source = GitSource.of(GitUrl.parse("http://127.0.0.1:" + silent.getLocalPort() + "/x.git"));
            CompletableFuture<Throwable> outcome = new CompletableFuture<>();
            Thread.ofVirtual().start(() -> {
                try {
                    module.sources.resolve(source, null, cancellation);
                } catch (ProblemException e) {
                    outcome.complete(e);
                }
            });
            silent.accept();

            cancellation.cancel();

            assertThat(outcome.get(5, TimeUnit.SECONDS))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            e -> assertThat(e.problem().code()).isEqualTo("cancelled"));
        }
    }

    @Test
    void manySmallFetchesAreRepackedAndNothingIsLost() throws IOException {
        GitSource source = GitSource.of(GitUrl.parse(server.url("shop")));
        String first = "";
        for (int i = 0; i < 24; i++) {
            String sha = shop.write("file-" + i, "content " + i).push("main", "Commit " + i);
            first = i == 0 ? sha : first;
            assertThat(resolve(source).sha().value()).isEqualTo(sha);
        }

        try (java.util.stream.Stream<Path> files = java.nio.file.Files.walk(folder.resolve("data"))) {
            assertThat(files.filter(file -> file.toString().endsWith(".pack")).count())
                    .isLessThan(10);
        }
        assertThat(module.sources
                        .resolve(source, new CommitSha(first), new Cancellation())
                        .message())
                .isEqualTo("Commit 0");
    }

    @Test
    void mirrorsThatNothingAsksForAreRemoved() {
        shop.write("Dockerfile", "FROM alpine:3\n").push("main", "One");
        GitRepository other = GitRepository.in(folder, "other");
        other.write("Dockerfile", "FROM alpine:3\n").push("main", "Other");
        resolve(GitSource.of(GitUrl.parse(server.url("shop"))));
        Path mirrors = folder.resolve("data").resolve("mirrors");
        assertThat(mirrors).isDirectoryContaining("glob:**.git");

        kernel.clock().advance(Duration.ofDays(61));
        resolve(GitSource.of(GitUrl.parse(server.url("other"))));

        assertThat(mirrors.toFile().list()).hasSize(1);
        assertThat(resolve(GitSource.of(GitUrl.parse(server.url("shop")))).message())
                .isEqualTo("One");
    }

    private Commit resolve(GitSource source) {
        return module.sources.resolve(source, null, new Cancellation());
    }

    private static void assertProblem(String code, String words, ThrowingCallable work) {
        assertThatThrownBy(work).isInstanceOfSatisfying(ProblemException.class, e -> {
            assertThat(e.problem().code()).as(e.getMessage()).isEqualTo(code);
            assertThat(e.problem().detail()).contains(words).doesNotContain(TOKEN, "wrong-canary");
        });
    }
}
