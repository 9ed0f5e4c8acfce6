package dev.havenkeep.sources;

import dev.havenkeep.kernel.HavenProperties;
import dev.havenkeep.kernel.TeamId;
import dev.havenkeep.testing.Kernel;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.json.JsonMapper;

/** The module on a kernel, with a data folder and limits of the test's choice. */
public final class TestSources implements AutoCloseable {

    final GitCredentialStore store;
    final GitCredentials credentials;
    final Sources sources;
    private final GitSsh ssh;

    private TestSources(Kernel kernel, Path dataFolder, SourcesProperties properties) {
        store = new GitCredentialStore(kernel.database(), kernel.clock());
        credentials = new GitCredentials(
                store, kernel.database(), kernel.secrets(), kernel.ids(), kernel.clock(), kernel.publisher());
        ssh = new GitSsh(store);
        sources = new Sources(
                credentials,
                new Mirrors(new HavenProperties(dataFolder, null, null, null, null), properties, kernel.clock()),
                ssh,
                properties,
                JsonMapper.builder().build(),
                new IsolatedGitConfig(kernel.clock()));
    }

    /** The module with room for small repositories, on loopback addresses too. */
    public static TestSources on(Kernel kernel, Path dataFolder) {
        return new TestSources(kernel, dataFolder, limits(true, DataSize.ofMegabytes(64), DataSize.ofMegabytes(64)));
    }

    static TestSources withLimits(Kernel kernel, Path dataFolder, SourcesProperties properties) {
        return new TestSources(kernel, dataFolder, properties);
    }

    static SourcesProperties limits(boolean allowPrivateNetworks, DataSize fetch, DataSize context) {
        return new SourcesProperties(allowPrivateNetworks, Duration.ofSeconds(60), fetch, context, Duration.ofDays(60));
    }

    /** The entry to it. */
    public Sources sources() {
        return sources;
    }

    /** A team to own credentials. */
    static TeamId team(Kernel kernel) {
        TeamId id = new TeamId(kernel.ids().next());
        kernel.database()
                .write()
                .sql("INSERT INTO teams (id, name, version, created_at) VALUES (:id, 'Team', 1, 0)")
                .param("id", id.value())
                .update();
        return id;
    }

    @Override
    public void close() {
        ssh.close();
    }
}
