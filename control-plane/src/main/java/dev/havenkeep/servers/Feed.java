package dev.havenkeep.servers;

import dev.havenkeep.kernel.ProblemException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes a command's standard input. A command may stop reading when it likes; but when what should be written cannot
 * be had, the command must not take what it got for the whole.
 */
final class Feed {

    private Feed() {}

    /**
     * Writes the launch header and the command's input, and closes the stream.
     *
     * @return what went wrong on the writer's side, if anything
     */
    static @Nullable ProblemException write(String server, Command command, OutputStream to) {
        Pipe pipe = new Pipe(to);
        try (pipe) {
            pipe.write(Launch.header(command));
            command.stdin().writeTo(pipe);
            return null;
        } catch (IOException | RuntimeException e) {
            if (pipe.broken) {
                return null;
            }
            return e instanceof ProblemException problem
                    ? problem
                    : ServerProblems.failed(server, "a command's input broke off", String.valueOf(e.getMessage()), e);
        }
    }

    /** Tells a reader that stopped reading from a writer that failed by itself. */
    private static final class Pipe extends FilterOutputStream {
        private boolean broken;

        Pipe(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            guarded(() -> out.write(bytes, offset, length));
        }

        @Override
        public void flush() throws IOException {
            guarded(out::flush);
        }

        @Override
        public void close() throws IOException {
            guarded(super::close);
        }

        private void guarded(Action action) throws IOException {
            try {
                action.run();
            } catch (IOException e) {
                broken = true;
                throw e;
            }
        }
    }

    @FunctionalInterface
    private interface Action {
        void run() throws IOException;
    }
}
