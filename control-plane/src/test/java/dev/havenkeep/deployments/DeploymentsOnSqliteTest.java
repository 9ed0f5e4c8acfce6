package dev.havenkeep.deployments;

import dev.havenkeep.testing.DatabaseKind;

class DeploymentsOnSqliteTest extends GitScenarios {

    @Override
    Workplace workplace() {
        return Workplace.open(DatabaseKind.SQLITE);
    }
}
