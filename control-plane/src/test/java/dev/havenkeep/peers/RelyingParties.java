package dev.havenkeep.peers;

import dev.havenkeep.testing.Folders;
import dev.havenkeep.testing.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The lab's relying parties ({@code lab/relying-parties}), each run as a process of its own. */
final class RelyingParties implements AutoCloseable {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final Path folder;
    private final Path scripts;
    private final Path certificates;

    /** Where a client has to be answered. */
    record Addresses(List<String> redirectUris, List<String> postLogoutRedirectUris) {}

    /** @param authorities the certificates that they trust, PEM */
    RelyingParties(String authorities) throws IOException, InterruptedException {
        folder = Folders.temporary("relying-parties");
        certificates = Files.writeString(folder.resolve("authorities.pem"), authorities);
        scripts = LabScripts.path("relying-parties");
        LabScripts.run(Map.of(), "", List.of(scripts.resolve("install").toString()));
    }

    /** Has them trust the certificates in a file (PEM) too. */
    void trust(Path authorities) throws IOException {
        Files.writeString(certificates, Files.readString(authorities), StandardOpenOption.APPEND);
    }

    /** The file of the certificates that they trust. */
    Path certificates() {
        return certificates;
    }

    /**
     * Has one sign in, refresh and sign out.
     *
     * @param account who signs in
     * @param more what it is told beside that
     * @param client makes its client at the provider; answers its id, secret and the algorithm of its tokens
     */
    void trial(
            String party,
            String issuer,
            Map<String, String> account,
            Map<String, Object> more,
            Function<Addresses, Map<String, String>> client)
            throws IOException, InterruptedException {
        Map<String, Object> told = new HashMap<>(more);
        told.put("issuer", issuer);
        told.put("base", "http://localhost:" + Ports.free());
        told.put("account", account);
        told.put("certificate", certificates.toString());
        JsonNode registration = MAPPER.readTree(run(party, told, "registration"));
        told.put(
                "credentials",
                client.apply(new Addresses(
                        texts(registration.path("redirectUris")), texts(registration.path("postLogoutRedirectUris")))));
        run(party, told);
    }

    private String run(String party, Map<String, Object> told, String... more)
            throws IOException, InterruptedException {
        List<String> argv =
                new ArrayList<>(List.of("node", scripts.resolve("run.mjs").toString(), party));
        argv.addAll(List.of(more));
        return LabScripts.run(
                Map.of("NODE_EXTRA_CA_CERTS", certificates.toString()), MAPPER.writeValueAsString(told), argv);
    }

    private static List<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::asString).toList();
    }

    @Override
    public void close() throws IOException {
        Folders.delete(folder);
    }
}
