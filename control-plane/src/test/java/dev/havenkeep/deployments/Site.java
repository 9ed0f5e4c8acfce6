package dev.havenkeep.deployments;

import static org.awaitility.Awaitility.await;

import dev.havenkeep.testing.Client;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A machine that tests deploy to, and how it becomes a server of Havenkeep; closing it takes the machine away. */
public sealed interface Site extends AutoCloseable permits LocalSite, SshSite {

    /** The machine that the tests run on, with an edge on ports of its own. */
    static Site local() {
        return new LocalSite();
    }

    /** A server of the lab that is reached by nothing but SSH; it takes some ten seconds. */
    static Site ssh() {
        return SshSite.start();
    }

    /** What a control plane has to be started with to deploy to it. */
    Map<String, String> properties();

    /** Makes it a server of the team, as an owner does over the API; answers the server's id. */
    String addTo(Client api, String team);

    /** Asks its edge for a path of a host over plain HTTP; status 0 when there was no answer at all. */
    Edged get(String host, String path);

    /** Runs a command there, past Havenkeep, which must succeed; answers the lines of its output. */
    List<String> run(String... argv);

    /** Where programs there, its engine above all, reach the machine that the tests run on. */
    String addressOfTests();

    /** Runs docker there, past Havenkeep; answers the lines of its output. */
    default List<String> docker(String... arguments) {
        return run(Stream.concat(Stream.of("docker"), Stream.of(arguments)).toArray(String[]::new));
    }

    /** Removes the edge and whatever else an installation left there, also what is only just being made. */
    default void clear(String installation) {
        String ours = "label=dev.havenkeep.installation=" + installation;
        await().atMost(Workplace.LONG).ignoreExceptions().until(() -> cleared(ours));
    }

    private boolean cleared(String ours) {
        List<String> containers = docker("ps", "--all", "--quiet", "--filter", ours);
        containers.forEach(id -> docker("rm", "--force", "--volumes", id));
        List<String> networks = docker("network", "ls", "--quiet", "--filter", ours);
        networks.forEach(id -> docker("network", "rm", id));
        List<String> volumes = docker("volume", "ls", "--quiet", "--filter", ours);
        volumes.forEach(name -> docker("volume", "rm", name));
        List<String> images = docker("images", "--quiet", "--filter", ours);
        images.forEach(id -> docker("rmi", "--force", id));
        return Stream.of(containers, networks, volumes, images).allMatch(List::isEmpty);
    }

    @Override
    void close();
}
