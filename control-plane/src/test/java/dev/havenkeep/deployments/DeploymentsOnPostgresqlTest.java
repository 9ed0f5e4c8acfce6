package dev.havenkeep.deployments;

import dev.havenkeep.testing.DatabaseKind;

class DeploymentsOnPostgresqlTest extends DeploymentScenarios {

    DeploymentsOnPostgresqlTest() {
        super(DatabaseKind.POSTGRESQL, Site::local);
    }
}
