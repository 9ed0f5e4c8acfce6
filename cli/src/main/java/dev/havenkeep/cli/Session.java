package dev.havenkeep.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** What a command works with: who we are, the API, and where to print. Made when first asked for. */
final class Session {

    private final JsonMapper json;
    private final Surroundings surroundings;
    private final Haven options;
    private @Nullable Api api;

    /** What the process was started with. */
    record Surroundings(Map<String, String> environment, Path folder, PrintStream out, PrintStream err) {}

    Session(JsonMapper json, Surroundings surroundings, Haven options) {
        this.json = json;
        this.surroundings = surroundings;
        this.options = options;
    }

    JsonMapper json() {
        return json;
    }

    Settings settings() {
        return new Settings(json, surroundings.environment(), options.profile());
    }

    Screen screen() {
        return new Screen(json, surroundings.out(), options.output());
    }

    /** Where remarks go that are no answer. */
    void remark(String text) {
        surroundings.err().println(text);
    }

    Api api() {
        if (api == null) {
            Settings.Entry entry = settings().read();
            String url = entry.url();
            String token = entry.token();
            if (url == null || token == null) {
                throw Failure.usage("Sign in first: haven login URL (or set HAVEN_URL and HAVEN_TOKEN).");
            }
            api = api(url, Map.of("Authorization", "Bearer " + token));
        }
        return api;
    }

    Api api(String url, Map<String, String> headers) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        return new Api(json, url, all);
    }

    References references() {
        String team =
                options.team() != null ? options.team() : settings().read().team();
        return new References(api(), surroundings.environment(), surroundings.folder(), team);
    }

    /** The team as it was named on the command line, if it was. */
    @Nullable
    String teamOption() {
        return options.team();
    }

    String variable(String name, String otherwise) {
        return surroundings.environment().getOrDefault(name, otherwise);
    }
}
