package dev.havenkeep.deployments;

import dev.havenkeep.testing.Client;
import dev.havenkeep.testing.Folders;
import dev.havenkeep.testing.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The machine that the tests run on. */
record LocalSite(int http, int https, Path folder) implements Site {

    private static final String ADDRESS = "127.0.0.1";

    LocalSite() {
        this(Ports.free(), Ports.free(), Folders.temporary("havenkeep-edge"));
    }

    @Override
    public Map<String, String> properties() {
        return Map.of(
                "haven.edge.address", ADDRESS,
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
    public List<String> docker(String... arguments) {
        return DockerCommand.lines(
                Stream.concat(Stream.of("docker"), Stream.of(arguments)).toArray(String[]::new));
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
