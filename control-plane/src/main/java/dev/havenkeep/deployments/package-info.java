/**
 * Deployments: how a release goes live and what happens when it does not. Each is a persisted workflow, told in {@link
 * dev.havenkeep.deployments.DeploymentWorkflow}, that survives the end of the process at any instant. Also here: releases,
 * logs of deployments and containers, and the deletion of applications.
 */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "kernel",
            "web",
            "jobs",
            "projects",
            "applications",
            "servers",
            "engine",
            "sources",
            "builds",
            "edge"
        })
package dev.havenkeep.deployments;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
