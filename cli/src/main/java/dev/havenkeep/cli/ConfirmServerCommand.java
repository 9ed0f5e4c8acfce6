package dev.havenkeep.cli;

import java.io.Console;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** Confirms the host key that a server showed at the first contact. */
@Command(
        name = "confirm",
        mixinStandardHelpOptions = true,
        description = "Confirm the host key that a server showed at the first contact.",
        footer =
                "On the server, `ssh-keygen -l -f /etc/ssh/ssh_host_ed25519_key.pub` prints the fingerprint to compare.")
@Calls({"GET /api/v1/servers/{server}", "PATCH /api/v1/servers/{server}"})
final class ConfirmServerCommand implements Callable<Integer> {

    private final Session session;

    @Parameters(paramLabel = "SERVER", description = "its name, or an id")
    private String server = "";

    @Option(
            names = "--fingerprint",
            paramLabel = "SHA256:…",
            description = "the one that you expect; else you are asked")
    private @Nullable String fingerprint;

    ConfirmServerCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        String path = "/servers/" + session.references().id("server", server, Map.of());
        Api.Answer found = session.api().send("GET", path, null, Map.of());
        String key = found.body().path("pendingHostKey").asString("");
        String shown = found.body().path("pendingHostKeyFingerprint").asString("");
        if (key.isEmpty()) {
            throw Failure.of(
                    "There is nothing to confirm", "The server showed no new host key; haven servers check asks it.");
        }
        if (!sure(shown)) {
            throw Failure.of("Not confirmed", "The server shows " + shown + ".");
        }
        ObjectNode body = session.json().createObjectNode().put("hostKey", key);
        String tag = found.header("ETag");
        session.api().send("PATCH", path, body, tag == null ? Map.of() : Map.of("If-Match", tag));
        session.screen().say("Confirmed.");
        return 0;
    }

    private boolean sure(String shown) {
        if (fingerprint != null) {
            return fingerprint.equals(shown);
        }
        Console console = System.console();
        String typed = console == null ? null : console.readLine("The server shows %s. Is it yours? [y/N] ", shown);
        if (typed == null) {
            throw Failure.usage("There is no terminal to ask; give the --fingerprint that you expect.");
        }
        return typed.strip().toLowerCase(Locale.ROOT).startsWith("y");
    }
}
