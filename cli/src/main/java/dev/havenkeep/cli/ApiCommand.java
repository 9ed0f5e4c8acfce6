package dev.havenkeep.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Calls any operation of the API, for what no other command does yet; body and answer are as they are. */
@Command(
        name = "api",
        mixinStandardHelpOptions = true,
        description = "Call any operation of the API, and print the answer as it comes.",
        footer = {
            "",
            "PATH is as the API's description at /docs has it; {team} in it is the team you act on.",
            "  haven api GET /api/v1/teams/{team}/projects",
            "  haven api PATCH /api/v1/projects/ID --header 'If-Match: \"3\"' --body '{\"name\": \"shop\"}'"
        })
final class ApiCommand implements Callable<Integer> {

    /** RFC 9110, section 9.1: what a method's name is made of, as far as there are any. */
    private static final Pattern METHOD = Pattern.compile("[A-Z]+");

    private static final int PIECE = 8_192;

    private final Session session;

    @Parameters(index = "0", paramLabel = "METHOD", description = "GET, POST, PUT, PATCH, DELETE")
    private String method = "";

    @Parameters(index = "1", paramLabel = "PATH", description = "with its query, from /api/v1 on")
    private String path = "";

    @Option(names = "--body", paramLabel = "JSON", description = "the request's body; @FILE, or - for standard input")
    private @Nullable String body;

    @Option(
            names = "--header",
            arity = "1",
            paramLabel = "'NAME: VALUE'",
            description = "a header of the request, again for more")
    private List<String> headers = List.of();

    @Option(
            names = {"-i", "--include"},
            description = "print the answer's status and headers before it")
    private boolean include;

    ApiCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        String verb = method.toUpperCase(Locale.ROOT);
        if (!METHOD.matcher(verb).matches()) {
            throw Failure.usage("There is no method " + method + ".");
        }
        if (!path.startsWith("/")) {
            throw Failure.usage("PATH starts with /, such as /api/v1/teams, not " + path);
        }
        String filled = path.contains("{team}")
                ? path.replace("{team}", session.references().team())
                : path;
        HttpResponse<InputStream> answer = session.api().call(verb, filled, bytes(), headers());
        try (InputStream in = answer.body()) {
            if (include) {
                session.screen().line(head(answer));
            }
            byte[] piece = new byte[PIECE];
            int length = in.read(piece);
            while (length >= 0) {
                session.screen().bytes(piece, length);
                length = in.read(piece);
            }
        } catch (IOException e) {
            throw session.api().unreachable(e);
        }
        return 0;
    }

    private byte @Nullable [] bytes() {
        if (body == null) {
            return null;
        }
        try {
            if (body.equals("-")) {
                return System.in.readAllBytes();
            }
            return body.startsWith("@")
                    ? Files.readAllBytes(Path.of(body.substring(1)))
                    : body.getBytes(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw Failure.of("A file cannot be read", body + ": " + e.getMessage());
        }
    }

    private Map<String, String> headers() {
        Map<String, String> given = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String header : headers) {
            int colon = header.indexOf(':');
            if (colon <= 0) {
                throw Failure.usage("--header must be 'Name: value', not " + header);
            }
            given.put(
                    header.substring(0, colon).strip(),
                    header.substring(colon + 1).strip());
        }
        return given;
    }

    /** Ends with the empty line that separates it from the body. */
    private static String head(HttpResponse<InputStream> answer) {
        StringBuilder head = new StringBuilder("HTTP/1.1 " + answer.statusCode() + "\n");
        answer.headers()
                .map()
                .forEach((name, values) -> values.forEach(
                        value -> head.append(name).append(": ").append(value).append('\n')));
        return head.toString();
    }
}
