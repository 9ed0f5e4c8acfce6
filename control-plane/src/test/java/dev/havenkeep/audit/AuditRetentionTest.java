package dev.havenkeep.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.havenkeep.kernel.TeamId;
import dev.havenkeep.testing.Kernel;
import dev.havenkeep.testing.OnBothDatabases;
import dev.havenkeep.web.Paging;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@OnBothDatabases
class AuditRetentionTest {

    private static final AuditProperties KEPT = new AuditProperties(Duration.ofDays(400));

    private final Kernel kernel;
    private final AuditStore store;
    private final TeamId team;

    AuditRetentionTest(Kernel kernel) {
        this.kernel = kernel;
        this.store = new AuditStore(kernel.database(), kernel.json());
        this.team = new TeamId(kernel.ids().next());
    }

    @Test
    void oldEventsGoAndTheSetUpStays() {
        write("installation.set-up");
        for (int i = 0; i < 2_100; i++) {
            write("project.created");
        }
        kernel.clock().advance(Duration.ofDays(200));
        write("project.changed");
        kernel.clock().advance(Duration.ofDays(201));

        AuditRetention.apply(store, KEPT, kernel.clock());

        assertThat(actions()).containsExactly("project.changed", "installation.set-up");
        assertThat(store.firstTeam()).isPresent();
    }

    @Test
    void nothingGoesBeforeItsTime() {
        write("project.created");
        kernel.clock().advance(Duration.ofDays(399));

        AuditRetention.apply(store, KEPT, kernel.clock());

        assertThat(actions()).containsExactly("project.created");
    }

    @Test
    void retentionOfLessThanADayIsAMistake() {
        assertThatThrownBy(() -> new AuditProperties(Duration.ofHours(1))).hasMessageContaining("at least 1d");
    }

    private List<String> actions() {
        return store
                .find(new AuditQuery(team, null, null, null, null, null), null, new Paging(200, null).rows())
                .stream()
                .map(AuditEvent::action)
                .toList();
    }

    private void write(String action) {
        store.insert(
                new AuditEvent(
                        kernel.ids().next(),
                        kernel.clock().instant(),
                        new AuditEvent.Actor("system", null, "system", null, null),
                        "request",
                        action,
                        new AuditEvent.Place(team.value(), null, null),
                        new AuditEvent.Target("project", "id", "name"),
                        Map.of()),
                team);
    }
}
