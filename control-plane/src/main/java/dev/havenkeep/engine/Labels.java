package dev.havenkeep.engine;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The labels that say who owns a container, network, volume or image, and which part it plays. */
public final class Labels {

    private static final String PREFIX = "dev.havenkeep.";

    /** The installation that made it; on everything. */
    public static final String INSTALLATION = PREFIX + "installation";

    public static final String TEAM = PREFIX + "team";
    public static final String PROJECT = PREFIX + "project";
    public static final String ENVIRONMENT = PREFIX + "environment";
    public static final String APPLICATION = PREFIX + "application";
    /** The service of the stack. */
    public static final String SERVICE = PREFIX + "service";
    /** The id of the deployment that made the container. */
    public static final String DEPLOYMENT = PREFIX + "deployment";

    public static final String RELEASE = PREFIX + "release";
    /** Counts the replicas of a service from 1. */
    public static final String REPLICA = PREFIX + "replica";
    /** The hash of everything that defines the container; the same hash means the same container. */
    public static final String CONFIG_HASH = PREFIX + "config-hash";
    /** Whole seconds from the container's stop signal to its kill. */
    public static final String STOP_GRACE = PREFIX + "stop-grace";
    /** One of {@link Role}, in lower case with hyphens. */
    public static final String ROLE = PREFIX + "role";

    /** What a container is for. */
    public enum Role {
        APP,
        RELEASE_COMMAND,
        EDGE,
        BUILD;

        /** The label's value. */
        public String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private Labels() {}

    /** What an application's things have in common. */
    public static Map<String, String> of(Owner owner) {
        Map<String, String> labels = new TreeMap<>();
        labels.put(INSTALLATION, owner.installation());
        labels.put(TEAM, owner.team().value());
        labels.put(PROJECT, owner.project().value());
        labels.put(ENVIRONMENT, owner.environment().value());
        labels.put(APPLICATION, owner.application().value());
        return labels;
    }

    /** What the environment's own network has: no application owns it. */
    public static Map<String, String> ofEnvironment(Owner owner) {
        Map<String, String> labels = of(owner);
        labels.remove(APPLICATION);
        return labels;
    }

    /** What a container of a deployment has. */
    public static Map<String, String> of(Owner owner, Revision revision, Role role) {
        Map<String, String> labels = of(owner);
        labels.put(DEPLOYMENT, revision.deployment());
        labels.put(RELEASE, revision.release());
        labels.put(ROLE, role.text());
        return labels;
    }
}
