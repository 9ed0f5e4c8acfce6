package dev.havenkeep.engine;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.type.TypeReference;

/** The networks of one engine. */
public final class Networks {

    private static final TypeReference<List<Wire.NetworkInspection>> LIST = new TypeReference<>() {};

    private final EngineCalls calls;

    Networks(EngineCalls calls) {
        this.calls = calls;
    }

    /** Makes a bridge network; {@link Change#ALREADY} when there is one of this name. */
    public Change create(NetworkSpec spec) {
        EngineHttp.Reply reply = calls.exchange(
                EngineRequest.post("/networks/create"),
                Map.of(
                        "Name",
                        spec.name().value(),
                        "CheckDuplicate",
                        true,
                        "Driver",
                        "bridge",
                        "Internal",
                        spec.internal(),
                        "Labels",
                        new TreeMap<>(spec.labels())),
                Docker.CHANGE);
        return reply.status() == 409 ? Change.ALREADY : calls.change(reply);
    }

    /** The network of this name with the containers in it. */
    public Optional<Network> inspect(NetworkName name) {
        return calls.find(EngineRequest.get(path(name)), Wire.NetworkInspection.class)
                .map(Wire.NetworkInspection::toNetwork);
    }

    /** The networks that have all of these labels. */
    public List<Network> list(Map<String, String> labels) {
        return calls
                .get(EngineRequest.get("/networks").with("filters", calls.json().labelFilter(labels)), LIST)
                .stream()
                .map(Wire.NetworkInspection::toNetwork)
                .toList();
    }

    /**
     * Joins a container to a network under further names; {@link Change#ALREADY} when it is in it, whatever its names
     * there.
     */
    public Change connect(NetworkName network, ContainerRef container, List<String> aliases) {
        EngineHttp.Reply reply = calls.exchange(
                EngineRequest.post(path(network) + "/connect"),
                Map.of("Container", container.value(), "EndpointConfig", Map.of("Aliases", aliases)),
                Docker.CHANGE);
        // The engine says 403 or 409, by version, when the container is in the network.
        boolean already = reply.status() / 100 == 4 && calls.message(reply).contains("already exists in network");
        return already ? Change.ALREADY : calls.change(reply);
    }

    /** Takes a container out of a network; {@link Change#ABSENT} when it is not in it, or either does not exist. */
    public Change disconnect(NetworkName network, ContainerRef container) {
        EngineHttp.Reply reply = calls.exchange(
                EngineRequest.post(path(network) + "/disconnect"),
                Map.of("Container", container.value(), "Force", true),
                Docker.CHANGE);
        boolean absent = reply.status() >= 400 && calls.message(reply).contains("is not connected to");
        return absent ? Change.ABSENT : calls.change(reply);
    }

    /** Removes a network; {@link Change#IN_USE} while a container is in it. */
    public Change remove(NetworkName name) {
        EngineHttp.Reply reply = calls.exchange(EngineRequest.delete(path(name)), Docker.CHANGE);
        boolean used = reply.status() >= 400 && calls.message(reply).contains("has active endpoints");
        return used ? Change.IN_USE : calls.change(reply);
    }

    private static String path(NetworkName name) {
        return "/networks/" + name.value();
    }
}
