package dev.havenkeep.engine;

import dev.havenkeep.kernel.ApplicationId;
import dev.havenkeep.kernel.EnvironmentId;

/**
 * What things are called on a server. The part of an id in a name is its last twelve digits, which are random: the
 * first ones of a UUIDv7 are the time, which two things that were made together share.
 */
public final class Names {

    private static final int TAIL = 12;
    private static final int SHORT_TAIL = 8;
    private static final int LONGEST_SLUG = 40;

    private Names() {}

    /** The network in which an environment's applications reach each other. */
    public static NetworkName network(EnvironmentId environment) {
        return new NetworkName("haven-" + tail(environment.value()));
    }

    /** A volume of an application, by the name that it has there. */
    public static VolumeName volume(ApplicationId application, String name) {
        return new VolumeName("haven-" + tail(application.value()) + "-" + name);
    }

    /**
     * A container of a deployment.
     *
     * @param what the service and the replica, or what else it is for, for example {@code 1} or {@code release}
     */
    public static ContainerName container(Owner owner, Revision revision, String what) {
        String slug = owner.slug().substring(0, Math.min(owner.slug().length(), LONGEST_SLUG));
        String id = owner.application().value();
        return new ContainerName(
                slug + "-" + id.substring(id.length() - SHORT_TAIL) + "-" + revision.number() + "-" + what);
    }

    static String tail(String id) {
        return id.substring(id.length() - TAIL);
    }
}
