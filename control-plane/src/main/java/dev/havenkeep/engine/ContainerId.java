package dev.havenkeep.engine;

import java.util.regex.Pattern;

/** A container's id as the engine gave it: 64 hexadecimal digits. */
public record ContainerId(String value) implements ContainerRef {

    private static final Pattern FORM = Pattern.compile("[0-9a-f]{12,64}");

    public ContainerId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("Not a container id: " + value);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
