package dev.havenkeep.deployments;

import dev.havenkeep.kernel.ApplicationId;
import dev.havenkeep.kernel.Scope;

/** A deployment was asked for, came further or ended. */
public record DeploymentChanged(DeploymentId deployment, ApplicationId application, Scope scope, State state) {}
