package dev.havenkeep.servers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.havenkeep.kernel.Database;
import dev.havenkeep.kernel.ServerId;
import dev.havenkeep.kernel.TeamId;
import dev.havenkeep.testing.Kernel;
import dev.havenkeep.testing.OnBothDatabases;
import dev.havenkeep.web.Paging;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@OnBothDatabases
class ServerStoreTest {

    private static final String KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA";

    private final Kernel kernel;
    private final ServerStore store;
    private final TeamId team;

    ServerStoreTest(Kernel kernel) {
        this.kernel = kernel;
        this.store = new ServerStore(kernel.database());
        this.team = team(kernel.database());
    }

    @Test
    void serverIsReadAsItWasWritten() {
        Server server = server("fsn1", null, null);

        assertThat(store.insert(server, "sealed")).isTrue();

        assertThat(store.find(server.id())).contains(server);
        assertThat(store.findByName(team, new ServerName("fsn1"))).contains(server);
        assertThat(store.sealedPrivateKey(server.id())).contains("sealed");
        assertThat(store.all()).contains(server);
        assertThat(store.list(team, new Paging(10, null))).containsExactly(server);
    }

    @Test
    void nameIsUniqueInATeamOnly() {
        store.insert(server("fsn1", null, null), null);

        assertThat(store.insert(server("fsn1", null, null), null)).isFalse();

        Server elsewhere = server("fsn1", null, null);
        assertThat(store.insert(
                        new Server(
                                elsewhere.id(),
                                team(kernel.database()),
                                elsewhere.name(),
                                elsewhere.reach(),
                                1,
                                elsewhere.createdAt(),
                                elsewhere.updatedAt()),
                        null))
                .isTrue();
    }

    @Test
    void ofTwoUpdatesOfOneVersionOneWins() {
        Server server = server("fsn1", null, null);
        store.insert(server, null);
        Server next = new Server(
                server.id(), team, new ServerName("nbg1"), server.reach(), 2, server.createdAt(), server.updatedAt());

        assertThat(store.update(next)).isTrue();
        assertThat(store.update(next)).isFalse();

        assertThat(store.find(server.id())).contains(next);
    }

    @Test
    void hostKeyIsOfferedOnlyWhileNoneIsPinned() {
        Server fresh = server("fresh", null, null);
        Server pinned = server("pinned", KEY, null);
        store.insert(fresh, null);
        store.insert(pinned, null);

        store.offerHostKey(fresh.id(), KEY + "1");
        store.offerHostKey(fresh.id(), KEY + "1");
        store.offerHostKey(pinned.id(), KEY + "2");

        assertThat(reach(fresh).pendingHostKey()).isEqualTo(KEY + "1");
        assertThat(store.find(fresh.id()).orElseThrow().version()).isEqualTo(2);
        assertThat(reach(pinned).hostKey()).isEqualTo(KEY);
        assertThat(reach(pinned).pendingHostKey()).isNull();
    }

    @Test
    void deletedServerIsGone() {
        Server server = server("fsn1", null, null);
        store.insert(server, null);
        store.setPrivateKey(server.id(), "another");
        assertThat(store.sealedPrivateKey(server.id())).contains("another");

        assertThat(store.delete(server.id())).isTrue();
        assertThat(store.delete(server.id())).isFalse();
        assertThat(store.find(server.id())).isEmpty();
    }

    private Server.Reach.Ssh reach(Server server) {
        return (Server.Reach.Ssh) store.find(server.id()).orElseThrow().reach();
    }

    private Server server(String name, @Nullable String hostKey, @Nullable String pending) {
        Instant now = kernel.clock().instant().truncatedTo(ChronoUnit.MILLIS);
        return new Server(
                new ServerId(kernel.ids().next()),
                team,
                new ServerName(name),
                new Server.Reach.Ssh("203.0.113.7", 22, "root", KEY, hostKey, pending),
                1,
                now,
                now);
    }

    private TeamId team(Database database) {
        TeamId id = new TeamId(kernel.ids().next());
        database.write()
                .sql("INSERT INTO teams (id, name, version, created_at) VALUES (:id, 'Team', 1, 0)")
                .param("id", id.value())
                .update();
        return id;
    }
}
