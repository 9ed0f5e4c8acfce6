package dev.havenkeep.engine;

/**
 * Which deployment makes what a plan makes.
 *
 * @param number counts the application's deployments; it is in the containers' names
 * @param deployment the deployment's id
 * @param release the id of the release that goes live
 */
public record Revision(long number, String deployment, String release) {}
