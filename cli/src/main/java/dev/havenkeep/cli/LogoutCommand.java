package dev.havenkeep.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Forgets a control plane on this computer. */
@Command(
        name = "logout",
        mixinStandardHelpOptions = true,
        description = "Forget the control plane and its token on this computer; haven tokens delete revokes it.")
final class LogoutCommand implements Callable<Integer> {

    private final Session session;

    LogoutCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        session.settings().remove();
        session.screen().say("Signed out.");
        return 0;
    }
}
