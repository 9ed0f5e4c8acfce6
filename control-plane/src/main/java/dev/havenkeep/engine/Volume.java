package dev.havenkeep.engine;

import java.util.Map;

/** A volume of the engine. */
public record Volume(VolumeName name, String driver, Map<String, String> labels) {}
