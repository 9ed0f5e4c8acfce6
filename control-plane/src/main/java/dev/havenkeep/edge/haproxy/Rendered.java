package dev.havenkeep.edge.haproxy;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An edge's configuration, ready to be written.
 *
 * @param configuration the content of {@code haproxy.cfg}
 * @param fingerprint stands for everything in it that needs a reload to take effect: not the servers of a backend and
 *     not the certificates; HAProxy tells the one that it runs with as its description
 * @param files what the configuration refers to, by path relative to the edge's folder; a name holds the content's
 *     hash, so that files of different configurations never disturb each other
 * @param certificateList the content of {@code certificates/list.txt}, whose entries can also be added at run time
 */
public record Rendered(
        String configuration, String fingerprint, SortedMap<String, String> files, String certificateList) {

    public Rendered {
        files = new TreeMap<>(files);
    }
}
