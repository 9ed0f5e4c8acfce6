package dev.havenkeep.applications;

import java.util.regex.Pattern;

/**
 * A named volume of the application and where its containers see it. Replicas on one server share it.
 *
 * @param name unique within the application
 * @param mountPath an absolute path in the container, other than its root
 * @param readOnly whether the containers may only read it
 */
public record VolumeMount(String name, String mountPath, boolean readOnly) {

    private static final Pattern NAME = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?");
    private static final int MAX_PATH = 1_024;

    /** @throws dev.havenkeep.kernel.ProblemException 422 when the name or the path is not acceptable */
    public VolumeMount {
        if (!NAME.matcher(name).matches()) {
            throw Accepted.refusal(
                    "volumes.name",
                    "must be 1 to 40 lower-case letters, digits and hyphens, not starting or ending with one");
        }
        if (mountPath.length() > MAX_PATH
                || !mountPath.startsWith("/")
                || mountPath.replace("/", "").isEmpty()
                || !Accepted.printable(mountPath)
                || ("/" + mountPath + "/").contains("/../")) {
            throw Accepted.refusal(
                    "volumes.mountPath",
                    "must be an absolute path below / without '..' or control characters, at most " + MAX_PATH
                            + " characters");
        }
    }
}
