package dev.havenkeep.peers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A Keycloak of the lab ({@code lab/keycloak}).
 *
 * @param description what the script prints: its URLs, certificate and administrator
 */
record KeycloakServer(String name, JsonNode description) implements AutoCloseable {

    /** Starts one that trusts these certificates (PEM) beside the usual ones. */
    static KeycloakServer up(String name, Path trusted) throws IOException, InterruptedException {
        String printed = lab("up", name, "--trust", trusted.toString());
        return new KeycloakServer(name, JsonMapper.builder().build().readTree(printed));
    }

    /** The file of the authority behind its certificate. */
    Path certificate() {
        return Path.of(description.path("certificate").asString());
    }

    @Override
    public void close() throws IOException, InterruptedException {
        lab("down", name);
    }

    private static String lab(String command, String... arguments) throws IOException, InterruptedException {
        List<String> argv = new ArrayList<>(List.of(LabScripts.path("keycloak").toString(), command));
        argv.addAll(List.of(arguments));
        return LabScripts.run(Map.of(), "", argv);
    }
}
