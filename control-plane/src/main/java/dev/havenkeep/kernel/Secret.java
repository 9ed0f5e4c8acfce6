package dev.havenkeep.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** A value that must never be shown: it redacts itself in text and JSON. Only transports and stores unwrap it. */
public final class Secret {

    private static final String REDACTED = "[secret]";

    private final String value;

    private Secret(String value) {
        this.value = value;
    }

    /** Wraps a secret value; the only way in from JSON. */
    @JsonCreator
    public static Secret of(String value) {
        return new Secret(value);
    }

    /** The value itself, for a transport or the sealing store; never for a log, an answer or an event. */
    public String reveal() {
        return value;
    }

    @JsonValue
    @Override
    public String toString() {
        return REDACTED;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret that
                && MessageDigest.isEqual(
                        value.getBytes(StandardCharsets.UTF_8), that.value.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }
}
