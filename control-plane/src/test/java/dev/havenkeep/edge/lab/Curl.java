package dev.havenkeep.edge.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A client that nobody here wrote: the {@code curl} command. */
public final class Curl {

    private Curl() {}

    /** What was answered: the version, status, header fields in lower case, and the body. */
    public record Answer(String version, int status, Map<String, String> headers, String body) {}

    /**
     * Asks for a URL.
     *
     * @param url with the host name that is meant; all names resolve to 127.0.0.1
     * @param options further options of curl
     */
    public static Answer get(String url, String... options) {
        List<String> argv = new ArrayList<>(List.of(
                "curl",
                "--silent",
                "--show-error",
                "--include",
                "--insecure",
                "--max-time",
                "30",
                "--path-as-is",
                "--connect-to",
                "::127.0.0.1:"));
        argv.addAll(List.of(options));
        argv.add(url);
        return parse(DockerCommand.finish(new ProcessBuilder(argv), true));
    }

    static Answer parse(String text) {
        String rest = text;
        while (true) {
            int end = rest.indexOf("\r\n\r\n");
            String[] lines = rest.substring(0, end).split("\r\n");
            String[] first = lines[0].split(" ");
            int status = Integer.parseInt(first[1]);
            rest = rest.substring(end + 4);
            if (status >= 200) {
                Map<String, String> headers = new TreeMap<>();
                for (int i = 1; i < lines.length; i++) {
                    String[] parts = lines[i].split(": ?", 2);
                    headers.merge(parts[0].toLowerCase(Locale.ROOT), parts[1], (a, b) -> a + ", " + b);
                }
                return new Answer(first[0], status, headers, rest);
            }
        }
    }
}
