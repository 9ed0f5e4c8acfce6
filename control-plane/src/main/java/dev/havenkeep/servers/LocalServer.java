package dev.havenkeep.servers;

import dev.havenkeep.teams.SetupCompleted;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Gives the installation's first team the machine that the control plane runs on, in the set-up's own transaction. */
@Component
class LocalServer {

    private final Servers servers;

    LocalServer(Servers servers) {
        this.servers = servers;
    }

    @EventListener
    void on(SetupCompleted setup) {
        servers.createLocal(setup.team());
    }
}
