package dev.havenkeep.edge.haproxy;

import java.nio.charset.StandardCharsets;

/** The plain pages that the edge answers by itself. They name nothing that runs behind it. */
enum Pages {
    BAD_REQUEST(400, "Bad Request", "This request cannot be served", "Its address or its form is not acceptable."),
    FORBIDDEN(403, "Forbidden", "Not from here", "This site only answers to certain networks, and yours is not one."),
    NOT_FOUND(404, "Not Found", "Nothing is served here", "No site is known under this name and path."),
    MISDIRECTED(421, "Misdirected Request", "Wrong connection", "This name is not served over this connection."),
    TOO_MANY(429, "Too Many Requests", "Too many requests", "Please wait a few seconds and try again."),
    BAD_GATEWAY(502, "Bad Gateway", "The site gave no proper answer", "Please try again in a moment."),
    UNAVAILABLE(503, "Service Unavailable", "Back in a moment", "This site is being worked on. Please try again soon."),
    TIMEOUT(504, "Gateway Timeout", "The site took too long", "Please try again in a moment.");

    private final int status;
    private final String reason;
    private final String title;
    private final String text;

    Pages(int status, String reason, String title, String text) {
        this.status = status;
        this.reason = reason;
        this.title = title;
        this.text = text;
    }

    int status() {
        return status;
    }

    String html() {
        return """
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="robots" content="noindex">
                <title>%s</title>
                <style>
                :root { color-scheme: light dark; font: 1.1rem/1.5 system-ui, sans-serif }
                body { margin: 0; min-height: 100vh; display: grid; place-items: center }
                main { padding: 2rem; max-width: 32rem }
                h1 { font-size: 1.5rem; margin: 0 0 .5rem }
                p { margin: 0; opacity: .75 }
                </style>
                </head>
                <body><main><h1>%s</h1><p>%s</p></main></body>
                </html>
                """.formatted(title, title, text);
    }

    /** The whole answer as HAProxy's {@code errorfile} wants it. */
    String response() {
        String body = html();
        return "HTTP/1.1 " + status + " " + reason + "\r\n"
                + "Content-Type: text/html; charset=utf-8\r\n"
                + "Cache-Control: no-store\r\n"
                + (this == UNAVAILABLE ? "Retry-After: 10\r\n" : "")
                + "Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length + "\r\n"
                + "\r\n"
                + body;
    }
}
