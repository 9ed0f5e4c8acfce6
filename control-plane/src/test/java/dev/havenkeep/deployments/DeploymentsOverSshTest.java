package dev.havenkeep.deployments;

import dev.havenkeep.testing.DatabaseKind;

class DeploymentsOverSshTest extends DeploymentScenarios {

    DeploymentsOverSshTest() {
        super(DatabaseKind.SQLITE, Site::ssh);
    }
}
