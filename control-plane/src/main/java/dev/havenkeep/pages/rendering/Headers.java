package dev.havenkeep.pages.rendering;

import dev.havenkeep.pages.Brand;
import dev.havenkeep.pages.FormDestination;
import dev.havenkeep.pages.WebLink;
import dev.havenkeep.pages.view.ConsentPage;
import dev.havenkeep.pages.view.DeviceConfirmPage;
import dev.havenkeep.pages.view.FormPostPage;
import dev.havenkeep.pages.view.Page;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The headers of a page: what it may load, run and lead to is exactly what it has in it. */
final class Headers {

    private Headers() {}

    static Map<String, String> of(View<? extends Page> view) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "text/html;charset=UTF-8");
        headers.put("Content-Language", view.language());
        headers.put("Content-Security-Policy", policy(view));
        headers.put("Cache-Control", "no-store");
        // A form is posted with the Origin null where the policy lets no referrer go (Fetch, section 3.2): clients that
        // look
        // at it would refuse.
        headers.put("Referrer-Policy", view.page() instanceof FormPostPage ? "origin" : "same-origin");
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put("X-Frame-Options", "DENY");
        return headers;
    }

    private static String policy(View<? extends Page> view) {
        StringBuilder policy = new StringBuilder("default-src 'none'; base-uri 'none'; frame-ancestors 'none'");
        add(policy, "style-src", view.style().sources());
        add(policy, "img-src", images(view));
        add(policy, "script-src", view.script().sources());
        add(policy, "form-action", destinations(view));
        return policy.toString();
    }

    private static void add(StringBuilder policy, String directive, Iterable<String> sources) {
        String list = String.join(" ", sources);
        if (!list.isEmpty()) {
            policy.append("; ").append(directive).append(' ').append(list);
        }
    }

    private static Iterable<String> images(View<? extends Page> view) {
        TreeSet<String> sources = new TreeSet<>(List.of("data:"));
        Brand.Logo logo = view.brand().logo();
        if (logo != null) {
            sources.add(logo.light().origin());
            if (logo.dark() != null) {
                sources.add(logo.dark().origin());
            }
        }
        WebLink clients = switch (view.page()) {
            case ConsentPage page -> page.client().logo();
            case DeviceConfirmPage page -> page.client().logo();
            default -> null;
        };
        if (clients != null) {
            sources.add(clients.origin());
        }
        return sources;
    }

    private static Iterable<String> destinations(View<? extends Page> view) {
        if (view.page() instanceof FormPostPage page) {
            // Any that the client's answer may redirect to; the page has nothing in it that could be led astray.
            String client = page.destination().source();
            return client.startsWith("https:") ? List.of("https:") : List.of("http:", "https:");
        }
        TreeSet<String> sources = new TreeSet<>(List.of("'self'"));
        view.forms().destinations().stream().map(FormDestination::source).forEach(sources::add);
        return sources;
    }
}
