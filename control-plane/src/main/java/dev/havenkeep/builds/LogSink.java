package dev.havenkeep.builds;

/** Takes a build's output as it comes. */
@FunctionalInterface
public interface LogSink {

    /** One line without its end, at most 16 KiB, without secrets. */
    void line(String text);
}
