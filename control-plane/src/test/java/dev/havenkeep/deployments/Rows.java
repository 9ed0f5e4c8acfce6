package dev.havenkeep.deployments;

import dev.havenkeep.kernel.ApplicationId;
import dev.havenkeep.testing.Kernel;

/** Rows of other modules that foreign keys ask for. */
final class Rows {

    private Rows() {}

    static void application(Kernel kernel, ApplicationId id) {
        kernel.database()
                .write()
                .sql("""
                INSERT INTO applications (id, team_id, project_id, environment_id, server_id, name, configuration,
                    version, created_at, changed_at, state, replicas_running)
                VALUES (:id, 't', 'p', :environment, 's', 'app', '{}', 1, 0, 0, 'none', 0)
                """)
                .param("id", id.value())
                .param("environment", kernel.ids().next())
                .update();
    }
}
