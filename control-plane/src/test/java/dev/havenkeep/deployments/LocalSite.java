package dev.havenkeep.deployments;

import dev.havenkeep.testing.Client;
import dev.havenkeep.testing.Folders;
import dev.havenkeep.testing.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The machine that the tests run on. */
record LocalSite(String listening, int http, int https, Path folder) implements Site {

    private static final String ADDRESS = "127.0.0.1";

    /** @param listening the address that edges listen on; empty for all */
    LocalSite(String listening) {
        this(listening, Ports.free(), Ports.free(), Folders.temporary("havenkeep-edge"));
    }

    LocalSite() {
        this(ADDRESS);
    }

    @Override
    public Map<String, String> properties() {
        return Map.of(
                "haven.edge.address", listening,
                "haven.edge.http-port", Integer.toString(http),
                "haven.edge.https-port", Integer.toString(https),
                "haven.edge.folder", folder.toString());
    }

    /** Set-up has made it one already. */
    @Override
    public String addTo(Client api, String team) {
        return api.get("/api/v1/teams/" + team + "/servers").expect(200).text("/items/0/id");
    }

    @Override
    public Edged get(String host, String path) {
        return Edged.get(ADDRESS, http, host, path);
    }

    @Override
    public List<String> run(String... argv) {
        return DockerCommand.lines(argv);
    }

    @Override
    public String addressOfTests() {
        return ADDRESS;
    }

    @Override
    public void close() {
        try {
            Folders.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
