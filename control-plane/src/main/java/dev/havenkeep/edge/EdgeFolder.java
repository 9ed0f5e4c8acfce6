package dev.havenkeep.edge;

import dev.havenkeep.edge.haproxy.EdgeProblems;
import dev.havenkeep.edge.haproxy.Layout;
import dev.havenkeep.edge.haproxy.Sockets;
import dev.havenkeep.servers.Address;
import dev.havenkeep.servers.Command;
import dev.havenkeep.servers.Execution;
import dev.havenkeep.servers.Link;
import dev.havenkeep.servers.RemoteFile;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** An edge's folder on its server. */
final class EdgeFolder {

    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final int AT_ONCE = 200;
    private static final int MAX_OUTPUT = 4 << 20;
    private static final int OWNER_ONLY = 0600;

    private final Link link;
    private final String path;

    EdgeFolder(Link link, String path) {
        this.link = link;
        this.path = path;
    }

    String path() {
        return path;
    }

    Sockets sockets() {
        return socket -> link.open(new Address.Unix(path + "/" + socket));
    }

    /**
     * Makes the folder. HAProxy's workers are nobody in particular and pass through it to the sockets among themselves;
     * everything else is for its owner alone.
     */
    void prepare() {
        run(List.of("mkdir", "-p", "--", path));
        run(List.of("install", "-d", "-m", "0711", path, path + "/" + Layout.HANDOFF));
        run(List.of(
                "install",
                "-d",
                "-m",
                "0700",
                path + "/" + Layout.CONTROL,
                path + "/" + Layout.FILES,
                path + "/" + Layout.CERTIFICATES));
    }

    /** The paths of those files that are absent or have another content. */
    List<String> differing(Map<String, String> files) {
        Map<String, String> present = new HashMap<>();
        List<String> paths = List.copyOf(files.keySet());
        for (int from = 0; from < paths.size(); from += AT_ONCE) {
            List<String> argv = new ArrayList<>(List.of("sha256sum", "--"));
            paths.subList(from, Math.min(from + AT_ONCE, paths.size())).forEach(file -> argv.add(path + "/" + file));
            // It fails for absent files and tells of the others.
            for (String line : output(argv).text().lines().toList()) {
                int space = line.indexOf("  ");
                if (space > 0 && line.length() > space + 2 + path.length()) {
                    present.put(line.substring(space + 2 + path.length() + 1), line.substring(0, space));
                }
            }
        }
        return paths.stream()
                .filter(file -> !hash(String.valueOf(files.get(file))).equals(present.get(file)))
                .toList();
    }

    void write(String file, String content) {
        link.put(new RemoteFile(path + "/" + file, OWNER_ONLY, content.getBytes(StandardCharsets.UTF_8)));
    }

    void remove(String file) {
        run(List.of("rm", "-f", "--", path + "/" + file));
    }

    /** Removes what lies beside the wanted files. */
    void sweep(Collection<String> wanted) {
        String found = run(List.of(
                "find", path + "/" + Layout.FILES, path + "/" + Layout.CERTIFICATES, "-type", "f", "-printf", "%p\\n"));
        List<String> argv = new ArrayList<>(List.of("rm", "-f", "--"));
        found.lines()
                .filter(file -> file.startsWith(path + "/") && !wanted.contains(file.substring(path.length() + 1)))
                .forEach(argv::add);
        if (argv.size() > 3) {
            run(argv);
        }
    }

    private record Output(int code, String text) {}

    private String run(List<String> argv) {
        Output output = output(argv);
        if (output.code() != 0) {
            throw EdgeProblems.folder(path, output.text());
        }
        return output.text();
    }

    private Output output(List<String> argv) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try (Execution execution = link.run(new Command(argv, Map.of("LC_ALL", "C"), Command.Stdin.NONE, DEADLINE))) {
            while (true) {
                switch (execution.next()) {
                    case Execution.Event.Output output -> {
                        if (text.size() < MAX_OUTPUT) {
                            text.writeBytes(output.bytes());
                        }
                    }
                    case Execution.Event.Exited exited -> {
                        return new Output(exited.code(), text.toString(StandardCharsets.UTF_8));
                    }
                    case Execution.Event.DeadlineExceeded exceeded ->
                        throw EdgeProblems.folder(path, argv.getFirst() + " took too long");
                }
            }
        }
    }

    /** The SHA-256 of a text, in hexadecimal. */
    static String hash(String content) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
