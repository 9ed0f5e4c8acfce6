package dev.havenkeep.servers;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A two-way byte stream. Closing it from another thread ends a read that is under way. */
public interface Duplex extends Closeable {

    /** What the other side sends. */
    InputStream in();

    /** What goes to the other side. */
    OutputStream out();

    /** Tells the other side that nothing more will be sent, while still reading from it. */
    void closeOutput() throws IOException;
}
