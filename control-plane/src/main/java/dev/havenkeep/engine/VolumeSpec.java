package dev.havenkeep.engine;

import java.util.Map;

/** A local volume to be. */
public record VolumeSpec(VolumeName name, Map<String, String> labels) {

    public VolumeSpec {
        labels = Map.copyOf(labels);
    }
}
