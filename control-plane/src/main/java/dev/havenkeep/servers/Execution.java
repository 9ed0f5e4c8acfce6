package dev.havenkeep.servers;

/**
 * A command that is running on a server. Read {@link #next} until it gives {@link Event.Exited} or {@link
 * Event.DeadlineExceeded}; {@link #close} ends the command if it still runs. Closing from another thread is how a
 * command is cancelled.
 */
public interface Execution extends AutoCloseable {

    /** What a command does. */
    sealed interface Event {

        /** A piece of output; not necessarily a whole line. */
        record Output(Channel channel, byte[] bytes) implements Event {}

        /** The command ended by itself; 128 + n when signal n ended it. */
        record Exited(int code) implements Event {}

        /** The command was ended since it ran past its deadline. */
        record DeadlineExceeded() implements Event {}
    }

    /** Where output was written. */
    enum Channel {
        OUT,
        ERROR
    }

    /** Waits for the next event. After a final event it gives the same one again. */
    Event next();

    /** Ends the command if it still runs, and frees what it held. */
    @Override
    void close();
}
