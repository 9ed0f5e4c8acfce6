package dev.havenkeep.deployments;

import static dev.havenkeep.deployments.Workplace.answering;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.havenkeep.testing.Answer;
import dev.havenkeep.testing.DatabaseKind;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A server that will never come back takes nobody hostage. */
class LostServerTest {

    @Test
    void whatALostServerHadIsAbandonedAndThenTheServerIsRemoved() {
        SshSite site = SshSite.start();
        try (Workplace work = Workplace.open(DatabaseKind.SQLITE, site)) {
            String application = work.application(answering("1"), Map.of("port", 3000));
            work.domain(application);
            work.deployed(application);
            String path = "/api/v1/applications/" + application;
            String server = "/api/v1/servers/" + work.api.get(path).text("/serverId");
            site.refuseConnections();

            Answer preview = work.api.get(path + "/deletion-preview").expect(200);
            assertThat(preview.text("/serverProblem")).isNotBlank();
            assertThat(preview.json().path("domains")).hasSize(1);
            assertThat(preview.json().path("releases").asInt()).isEqualTo(1);
            assertThat(work.api.delete(server).expect(409).text("code")).isEqualTo("not-empty");

            work.api.delete(path).expect(202);
            assertThat(work.api.delete(server).expect(409).text("code")).isEqualTo("not-empty");
            work.api.delete(path + "?abandon=true").expect(202);

            await().atMost(Workplace.LONG).until(() -> work.api.get(path).status() == 404);
            work.api.delete(server).expect(204);
            assertThat(site.docker("ps", "--quiet", "--filter", "label=dev.havenkeep.application=" + application))
                    .hasSize(1);
        }
    }
}
