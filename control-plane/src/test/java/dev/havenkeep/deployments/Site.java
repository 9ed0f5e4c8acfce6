package dev.havenkeep.deployments;

import dev.havenkeep.testing.Client;
import java.util.List;
import java.util.Map;

/** A machine that tests deploy to, and how it becomes a server of Havenkeep; closing it takes the machine away. */
sealed interface Site extends AutoCloseable permits LocalSite, SshSite {

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

    /** Runs docker there, past Havenkeep; answers the lines of its output. */
    List<String> docker(String... arguments);

    /** Removes the edge and whatever else an installation left there. */
    default void clear(String installation) {
        String ours = "label=dev.havenkeep.installation=" + installation;
        for (String id : docker("ps", "--all", "--quiet", "--filter", ours)) {
            docker("rm", "--force", "--volumes", id);
        }
        for (String id : docker("network", "ls", "--quiet", "--filter", ours)) {
            docker("network", "rm", id);
        }
        for (String name : docker("volume", "ls", "--quiet", "--filter", ours)) {
            docker("volume", "rm", name);
        }
    }

    @Override
    void close();
}
