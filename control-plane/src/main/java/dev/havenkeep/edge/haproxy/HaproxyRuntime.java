package dev.havenkeep.edge.haproxy;

import dev.havenkeep.edge.routing.BackendServer;
import dev.havenkeep.edge.routing.EdgeState.ServedCertificate;
import dev.havenkeep.kernel.ProblemException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;

/**
 * HAProxy while it runs: what it runs with, its servers and certificates, and the changes that need no reload
 * (management guide sections 9.3 and 9.4). Safe for use by several threads; callers keep changes of one edge apart.
 */
public final class HaproxyRuntime {

    /** A certificate and its key must fit into one command. */
    private static final int MAX_PAYLOAD = 15_000;

    private final CommandLine worker;
    private final CommandLine master;

    /**
     * A server as the present worker knows it.
     *
     * @param weight 0 when it gets no new requests
     * @param enabled false while it is in maintenance
     * @param up whether the last health check, if any, passed
     */
    public record RunningServer(
            String backend, String name, String address, int port, int weight, boolean enabled, boolean up) {}

    /** What became of a reload. */
    public sealed interface Reload {

        /** A new worker took over. */
        record Done() implements Reload {}

        /** The configuration was not accepted; the worker from before goes on. */
        record Failed(String log) implements Reload {}
    }

    public HaproxyRuntime(Sockets sockets, ScheduledExecutorService deadlines) {
        this(sockets, Layout.ADMIN_SOCKET, deadlines);
    }

    private HaproxyRuntime(Sockets sockets, String workerSocket, ScheduledExecutorService deadlines) {
        this.worker = new CommandLine(sockets, workerSocket, deadlines);
        this.master = new CommandLine(sockets, Layout.MASTER_SOCKET, deadlines);
    }

    /** The HAProxy that stands in for public names, which has no master. */
    public static HaproxyRuntime ofNames(Sockets sockets, String generation, ScheduledExecutorService deadlines) {
        return new HaproxyRuntime(sockets, NamesConfiguration.socket(generation), deadlines);
    }

    /** The fingerprint of the configuration that the worker runs with; empty when nothing answers. */
    public Optional<String> fingerprint() {
        return info("description: ");
    }

    /** How many connections are open, its own left out; empty when nothing answers. */
    public Optional<Integer> connections() {
        return info("CurrConns: ").map(Integer::parseInt).map(connections -> Math.max(0, connections - 1));
    }

    private Optional<String> info(String name) {
        try {
            return worker.send("show info")
                    .lines()
                    .filter(line -> line.startsWith(name))
                    .map(line -> line.substring(name.length()).strip())
                    .findFirst();
        } catch (ProblemException e) {
            if (e.problem().code().equals("edge-unreachable")) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Makes the master start a new worker from the file; the old one finishes what it has. */
    public Reload reload() {
        String answer = master.send("reload");
        return answer.startsWith("Success=1") ? new Reload.Done() : new Reload.Failed(answer);
    }

    /** The servers of all backends, by backend and name. */
    public Map<String, Map<String, RunningServer>> servers() {
        Map<String, Map<String, RunningServer>> servers = new HashMap<>();
        for (Table.Row row : Table.spaced(worker.send("show servers state"), "# be_id")) {
            RunningServer server = new RunningServer(
                    row.text("be_name"),
                    row.text("srv_name"),
                    row.text("srv_addr"),
                    row.number("srv_port"),
                    row.number("srv_uweight"),
                    row.number("srv_admin_state") == 0,
                    row.number("srv_op_state") == 2);
            servers.computeIfAbsent(server.backend(), name -> new HashMap<>()).put(server.name(), server);
        }
        return servers;
    }

    /** Adds a server, checked for health from now on. */
    public void add(String backend, BackendServer server) {
        String name = backend + "/" + server.name();
        String answer = worker.send("add server " + name + " " + HaproxyConfiguration.serverArguments(server));
        if (!answer.contains("New server registered")) {
            throw EdgeProblems.refused(answer);
        }
        worker.change(List.of("enable health " + name, "enable server " + name));
    }

    /** Gives each server new requests, or none any more: all in one step, those that gain them first. */
    public void weigh(String backend, List<BackendServer> servers) {
        List<String> commands = new ArrayList<>();
        for (boolean taking : new boolean[] {true, false}) {
            for (BackendServer server : servers) {
                if (server.taking() == taking) {
                    commands.add(
                            "set weight " + backend + "/" + server.name() + " " + HaproxyConfiguration.weight(taking));
                }
            }
        }
        if (!commands.isEmpty()) {
            worker.change(commands);
        }
    }

    /** Follows a container that came back under another address. */
    public void move(String backend, BackendServer server) {
        String answer = worker.send(
                "set server " + backend + "/" + server.name() + " addr " + server.address() + " port " + server.port());
        if (!answer.contains("changed") && !answer.contains("no need to change")) {
            throw EdgeProblems.refused(answer);
        }
    }

    /** Removes a server; what still runs over it is cut. */
    public void remove(String backend, String server) {
        String name = backend + "/" + server;
        String answer = worker.send(List.of(
                "disable server " + name,
                "shutdown sessions server " + name,
                "wait 5s srv-removable " + name,
                "del server " + name));
        if (!answer.contains("Server deleted")) {
            throw EdgeProblems.refused(answer);
        }
    }

    /** How many requests and tunnels run over a server, in the present worker and in those before it. */
    public int sessions(String backend, String server) {
        int sessions = 0;
        for (String process : workers()) {
            String answer = master.send(process + " show stat " + backend + " 4 -1");
            for (Table.Row row : Table.commas(answer, "# pxname")) {
                if (row.text("svname").equals(server)) {
                    sessions += row.number("scur") + row.number("qcur");
                }
            }
        }
        return sessions;
    }

    /** The certificate that HAProxy answers with for an entry: its serial number in hexadecimal; empty when none. */
    public Optional<String> serial(ServedCertificate certificate) {
        return worker.send("show ssl cert " + file(certificate))
                .lines()
                .filter(line -> line.startsWith("Serial: "))
                .map(line -> line.substring("Serial: ".length()).strip().toLowerCase(java.util.Locale.ROOT))
                .findFirst();
    }

    /** The ids of the certificates that the worker has loaded. */
    public List<String> certificates() {
        String prefix = Layout.inContainer(Layout.CERTIFICATES) + "/";
        return worker.send("show ssl cert")
                .lines()
                .filter(line -> line.startsWith(prefix) && line.endsWith(".pem"))
                .map(line -> line.substring(prefix.length(), line.length() - ".pem".length()))
                .toList();
    }

    /**
     * Puts a certificate and its key in place of the one before, or adds it.
     *
     * @param known whether the worker has one under this name
     * @return false when it is too long for a run-time command, so that a reload is needed
     */
    public boolean certify(ServedCertificate certificate, String pem, boolean known) {
        if (pem.length() > MAX_PAYLOAD) {
            return false;
        }
        String file = file(certificate);
        if (!known) {
            worker.send("new ssl cert " + file);
        }
        String compact = pem.lines().filter(line -> !line.isBlank()).collect(java.util.stream.Collectors.joining("\n"));
        String set = worker.send("set ssl cert " + file, compact);
        if (!set.contains("Transaction")) {
            throw EdgeProblems.refused(set);
        }
        String committed = worker.send("commit ssl cert " + file);
        if (!committed.contains("Success")) {
            worker.send("abort ssl cert " + file);
            throw EdgeProblems.refused(committed);
        }
        if (!known) {
            String added = worker.send(
                    "add ssl crt-list " + Layout.inContainer(Layout.CERTIFICATE_LIST),
                    HaproxyConfiguration.certificateEntry(certificate));
            if (!added.contains("Success")) {
                throw EdgeProblems.refused(added);
            }
        }
        return true;
    }

    /** Makes the HTTP-01 challenges that are answered exactly these: key authorization by token. */
    public void challenges(Map<String, String> wanted) {
        String map = Layout.inContainer(Layout.CHALLENGES);
        Map<String, String> present = new HashMap<>();
        worker.send("show map " + map).lines().map(line -> line.split(" ")).forEach(words -> {
            if (words.length == 3) {
                present.put(words[1], words[2]);
            }
        });
        List<String> commands = new ArrayList<>();
        present.keySet().stream()
                .filter(token -> !wanted.containsKey(token))
                .forEach(token -> commands.add("del map " + map + " " + token));
        wanted.forEach((token, authorization) -> {
            if (!authorization.equals(present.get(token))) {
                commands.add((present.containsKey(token) ? "set map " : "add map ") + map + " " + token + " "
                        + authorization);
            }
        });
        // One line of commands has to fit into HAProxy's buffer.
        commands.forEach(command -> worker.change(List.of(command)));
    }

    /** Waits until the worker answers, or gives up. */
    public boolean answersWithin(Duration deadline) throws InterruptedException {
        long end = System.nanoTime() + deadline.toNanos();
        while (connections().isEmpty()) {
            if (System.nanoTime() - end > 0) {
                return false;
            }
            Thread.sleep(20);
        }
        return true;
    }

    /** How the master addresses each worker, the present one first. */
    private List<String> workers() {
        List<String> workers = new ArrayList<>(List.of("@1"));
        boolean old = false;
        for (String line : master.send("show proc").lines().toList()) {
            if (line.startsWith("#")) {
                old = line.startsWith("# old workers");
            } else if (old && !line.isBlank()) {
                workers.add("@!" + line.split("\\s+")[0]);
            }
        }
        return workers;
    }

    private static String file(ServedCertificate certificate) {
        return Layout.inContainer(Layout.certificate(certificate.id()));
    }
}
