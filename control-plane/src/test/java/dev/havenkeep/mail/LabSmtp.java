package dev.havenkeep.mail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A mail server of the lab, of one test's own; see {@code lab/smtp}. */
final class LabSmtp implements AutoCloseable {

    private final String name = "test-" + UUID.randomUUID().toString().substring(0, 8);
    private final JsonNode where;

    LabSmtp() {
        where = JsonMapper.shared().readTree(lab("up"));
    }

    String host() {
        return where.get("host").asString();
    }

    int startTlsPort() {
        return where.get("startTls").asInt();
    }

    int tlsPort() {
        return where.get("tls").asInt();
    }

    int plainPort() {
        return where.get("plain").asInt();
    }

    String user() {
        return where.get("user").asString();
    }

    String password() {
        return where.get("password").asString();
    }

    /** The authority behind its certificate, as PEM. */
    String authority() {
        return read(Path.of(where.get("ca").asString()));
    }

    /** The mails that it has accepted, as they arrived. */
    List<String> accepted() {
        try (Stream<Path> files = Files.list(Path.of(where.get("maildir").asString(), "new"))) {
            return files.sorted().map(LabSmtp::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        lab("down");
    }

    private String lab(String command) {
        String script = Path.of("../lab/smtp").toAbsolutePath().normalize().toString();
        try {
            Process process = new ProcessBuilder(script, command, name)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            process.getOutputStream().close();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(script + " " + command + " failed");
            }
            return out;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
