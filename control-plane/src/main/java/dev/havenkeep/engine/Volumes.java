package dev.havenkeep.engine;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The volumes of one engine. */
public final class Volumes {

    private final EngineCalls calls;

    Volumes(EngineCalls calls) {
        this.calls = calls;
    }

    /**
     * Makes a local volume; {@link Change#ALREADY} when there is one of this name, whose data and labels stay as they
     * are.
     */
    public Change create(VolumeSpec spec) {
        if (inspect(spec.name()).isPresent()) {
            return Change.ALREADY;
        }
        return calls.change(calls.exchange(
                EngineRequest.post("/volumes/create"),
                Map.of("Name", spec.name().value(), "Driver", "local", "Labels", new TreeMap<>(spec.labels())),
                Docker.CHANGE));
    }

    public Optional<Volume> inspect(VolumeName name) {
        return calls.find(EngineRequest.get("/volumes/" + name.value()), Wire.VolumeListed.class)
                .map(Wire.VolumeListed::toVolume);
    }

    /** The volumes that have all of these labels. */
    public List<Volume> list(Map<String, String> labels) {
        Wire.VolumeList list = calls.get(
                EngineRequest.get("/volumes").with("filters", calls.json().labelFilter(labels)),
                Wire.VolumeList.class,
                Docker.QUICK);
        return Wire.orEmpty(list.volumes()).stream()
                .map(Wire.VolumeListed::toVolume)
                .toList();
    }

    /** Removes a volume and its data; {@link Change#IN_USE} while a container has it, even one that is stopped. */
    public Change remove(VolumeName name) {
        EngineHttp.Reply reply = calls.exchange(EngineRequest.delete("/volumes/" + name.value()), Docker.CHANGE);
        return reply.status() == 409 ? Change.IN_USE : calls.change(reply);
    }
}
