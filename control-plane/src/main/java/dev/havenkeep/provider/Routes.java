package dev.havenkeep.provider;

import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The endpoints below an issuer by method and path; a path may have one variable, written {@code {name}}. */
final class Routes {

    /** The request attribute that holds the variable's value. */
    static final String VARIABLE = Routes.class.getName() + ".variable";

    private static final String VALUE = "([A-Za-z0-9._~-]{1,100})";

    private final Map<String, Map<String, Endpoint>> exact = new LinkedHashMap<>();
    private final Map<Pattern, Map<String, Endpoint>> patterns = new LinkedHashMap<>();

    Routes get(String path, Endpoint endpoint) {
        return add("GET", path, endpoint);
    }

    Routes post(String path, Endpoint endpoint) {
        return add("POST", path, endpoint);
    }

    /**
     * The endpoint for a request.
     *
     * @throws ProblemException 404 when nothing is at the path, 405 when it has another method
     */
    Endpoint find(HttpServletRequest request) {
        String path = request.getServletPath();
        Map<String, Endpoint> byMethod = exact.get(path);
        if (byMethod == null) {
            byMethod = matching(request, path);
        }
        String method = request.getMethod().equals("HEAD") ? "GET" : request.getMethod();
        Endpoint endpoint = byMethod.get(method);
        if (endpoint == null) {
            throw new ProblemException(Problem.of(
                            405, "method-not-allowed", "Not this method", "This address does not take " + method + ".")
                    .with("allowed", new TreeSet<>(byMethod.keySet())));
        }
        return endpoint;
    }

    private Map<String, Endpoint> matching(HttpServletRequest request, String path) {
        for (Map.Entry<Pattern, Map<String, Endpoint>> entry : patterns.entrySet()) {
            Matcher matcher = entry.getKey().matcher(path);
            if (matcher.matches()) {
                request.setAttribute(VARIABLE, matcher.group(1));
                return entry.getValue();
            }
        }
        throw new ProblemException(Problem.notFound("There is nothing at this address."));
    }

    private Routes add(String method, String path, Endpoint endpoint) {
        Map<String, Endpoint> byMethod = path.indexOf('{') < 0
                ? exact.computeIfAbsent(path, _ -> new LinkedHashMap<>())
                : patterns.entrySet().stream()
                        .filter(entry -> entry.getKey().pattern().equals(pattern(path)))
                        .map(Map.Entry::getValue)
                        .findFirst()
                        .orElseGet(() -> {
                            Map<String, Endpoint> fresh = new LinkedHashMap<>();
                            patterns.put(Pattern.compile(pattern(path)), fresh);
                            return fresh;
                        });
        if (byMethod.put(method, endpoint) != null) {
            throw new IllegalStateException("Two endpoints at " + method + " " + path);
        }
        return this;
    }

    private static String pattern(String path) {
        return path.replaceAll("\\{[a-z]+}", Matcher.quoteReplacement(VALUE));
    }
}
