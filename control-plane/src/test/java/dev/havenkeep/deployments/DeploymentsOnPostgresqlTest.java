package dev.havenkeep.deployments;

import dev.havenkeep.testing.DatabaseKind;

class DeploymentsOnPostgresqlTest extends DeploymentScenarios {

    @Override
    Workplace workplace() {
        return Workplace.open(DatabaseKind.POSTGRESQL);
    }
}
