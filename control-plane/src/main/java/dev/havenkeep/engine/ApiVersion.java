package dev.havenkeep.engine;

import java.io.IOException;

/** A version of the Docker Engine API, such as 1.41. */
record ApiVersion(int major, int minor) implements Comparable<ApiVersion> {

    /** What Docker 20.10 speaks, and the least that Havenkeep works with. */
    static final ApiVersion LEAST = new ApiVersion(1, 41);
    /** The newest that Havenkeep was tried with, and the least that Docker 29 accepts. */
    static final ApiVersion MOST = new ApiVersion(1, 44);

    static ApiVersion parse(String text) throws IOException {
        int dot = text.indexOf('.');
        try {
            return new ApiVersion(
                    Integer.parseInt(text.substring(0, Math.max(dot, 0))), Integer.parseInt(text.substring(dot + 1)));
        } catch (NumberFormatException e) {
            throw new IOException("The engine does not say its API version", e);
        }
    }

    @Override
    public int compareTo(ApiVersion other) {
        return major != other.major ? Integer.compare(major, other.major) : Integer.compare(minor, other.minor);
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
