package dev.havenkeep.deployments;

import dev.havenkeep.testing.DatabaseKind;

class DeploymentsOnSqliteTest extends DeploymentScenarios {

    DeploymentsOnSqliteTest() {
        super(DatabaseKind.SQLITE, Site::local);
    }
}
