package dev.havenkeep.engine;

import dev.havenkeep.servers.Address;
import dev.havenkeep.servers.Command;
import dev.havenkeep.servers.Duplex;
import dev.havenkeep.servers.Execution;
import dev.havenkeep.servers.Link;
import dev.havenkeep.servers.RemoteFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A link whose streams to the engine break when the test says so, as when the engine restarts. */
final class CuttableLink implements Link {

    private final Link link;
    private final Set<Duplex> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger opened = new AtomicInteger();

    CuttableLink(Link link) {
        this.link = link;
    }

    /** Breaks every stream that is open. */
    void cut() {
        for (Duplex each : open) {
            try {
                each.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        open.clear();
    }

    int opened() {
        return opened.get();
    }

    @Override
    public Duplex engine() {
        Duplex made = link.engine();
        open.add(made);
        opened.incrementAndGet();
        return made;
    }

    @Override
    public Duplex open(Address address) {
        return link.open(address);
    }

    @Override
    public Execution run(Command command) {
        return link.run(command);
    }

    @Override
    public void put(RemoteFile file) {
        link.put(file);
    }
}
