package dev.havenkeep.engine;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/** Tells whether two containers would be the same: SHA-256 over all that defines one, but for its name and labels. */
final class ConfigHash {

    private static final EngineJson JSON = new EngineJson();

    private ConfigHash() {}

    static String of(ContainerSpec spec, String generation) {
        Map<String, Object> body = ContainerJson.of(spec);
        body.remove("Labels");
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(JSON.write(body));
            // The parts of the specification that are not in the body of the one request.
            for (ContainerSpec.Attachment network : spec.networks()) {
                digest.update(("\n" + network.network() + " " + network.aliases()).getBytes(StandardCharsets.UTF_8));
            }
            digest.update(("\n" + generation).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
