package dev.havenkeep.testing.upstream;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Somebody's browser at a fake provider, who agrees to everything. */
public final class Browser {

    private static final Pattern FORM = Pattern.compile("<form method=\"post\" action=\"([^\"]+)\">");
    private static final Pattern FIELD = Pattern.compile("name=\"([^\"]+)\" value=\"([^\"]*)\"");

    private Browser() {}

    /**
     * What the provider sends the browser back with.
     *
     * @param target the address without its query
     * @param post whether it comes as a form
     */
    public record Return(String target, boolean post, Map<String, String> parameters) {

        /** The same with one parameter replaced or added. */
        public Return with(String name, String value) {
            Map<String, String> changed = new LinkedHashMap<>(parameters);
            changed.put(name, value);
            return new Return(target, post, changed);
        }

        /** The same without a parameter. */
        public Return without(String name) {
            Map<String, String> changed = new LinkedHashMap<>(parameters);
            changed.remove(name);
            return new Return(target, post, changed);
        }
    }

    /**
     * Opens an authorization URL and comes back.
     *
     * @throws IllegalStateException when the provider shows an error of its own instead
     */
    public static Return visit(URI authorization) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) authorization.toURL().openConnection();
            connection.setInstanceFollowRedirects(false);
            int status = connection.getResponseCode();
            String page;
            try (InputStream in = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
                page = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
            if (status == 302) {
                URI location = URI.create(connection.getHeaderField("Location"));
                String target = location.toString().split("\\?", 2)[0];
                return new Return(target, false, FakeProvider.decode(location.getRawQuery()));
            }
            Matcher form = FORM.matcher(page);
            if (status == 200 && form.find()) {
                Map<String, String> fields = new LinkedHashMap<>();
                Matcher field = FIELD.matcher(page);
                while (field.find()) {
                    fields.put(
                            field.group(1),
                            field.group(2).replace("&quot;", "\"").replace("&amp;", "&"));
                }
                return new Return(form.group(1), true, fields);
            }
            throw new IllegalStateException("The provider shows " + status + " " + page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
