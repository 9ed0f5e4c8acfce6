package dev.havenkeep.api;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Serves what ships inside the jar and is the same for everybody: the console, the API document and its pages. A
 * browser that asks for any other address outside of the API gets the console, which has routes of its own.
 */
@Component
@Order(FilterOrder.PAGES)
class PagesFilter extends OncePerRequestFilter {

    private static final Pattern SAFE_PATH = Pattern.compile("(?:/[A-Za-z0-9_@-][A-Za-z0-9._@-]*)+");
    private static final List<String> NOT_PAGES = List.of("/api", "/health", "/metrics", "/error");

    /** Vite names these files by their content. */
    private static final String HASHED = "/assets/";

    private static final String FOREVER = "public, max-age=31536000, immutable";
    private static final String ASK_AGAIN = "no-cache";
    private static final String OCTETS = "application/octet-stream";
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("html", "text/html;charset=utf-8"),
            Map.entry("js", "text/javascript;charset=utf-8"),
            Map.entry("css", "text/css;charset=utf-8"),
            Map.entry("json", "application/json"),
            Map.entry("webmanifest", "application/manifest+json"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("png", "image/png"),
            Map.entry("ico", "image/x-icon"),
            Map.entry("woff2", "font/woff2"),
            Map.entry("txt", "text/plain;charset=utf-8"),
            Map.entry("map", "application/json"));
    private static final String WITHOUT_CONSOLE = """
            <!doctype html><html lang="en"><meta charset="utf-8"><title>Havenkeep</title>
            <h1>Havenkeep</h1><p>This build has no console. The API is at <code>/api/v1</code>; its pages are at
            <a href="/docs">/docs</a>.</p></html>
            """;

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String path = request.getRequestURI();
        if (!isPage(request, path)) {
            chain.doFilter(request, response);
            return;
        }
        Optional<ClassPathResource> file = file(path);
        if (file.isPresent()) {
            serve(request, response, file.get(), path.startsWith(HASHED) ? FOREVER : ASK_AGAIN);
        } else if (acceptsHtml(request) && !path.startsWith(HASHED)) {
            ClassPathResource console = new ClassPathResource("console/index.html");
            if (console.exists()) {
                serve(request, response, console, ASK_AGAIN);
            } else {
                write(request, response, WITHOUT_CONSOLE.getBytes(StandardCharsets.UTF_8), "index.html", ASK_AGAIN);
            }
        } else {
            chain.doFilter(request, response);
        }
    }

    private static boolean isPage(HttpServletRequest request, String path) {
        return (request.getMethod().equals("GET") || request.getMethod().equals("HEAD"))
                && NOT_PAGES.stream().noneMatch(prefix -> path.equals(prefix) || path.startsWith(prefix + "/"));
    }

    private static boolean acceptsHtml(HttpServletRequest request) {
        String accepted = request.getHeader(HttpHeaders.ACCEPT);
        return accepted != null && accepted.toLowerCase(Locale.ROOT).contains("text/html");
    }

    private static Optional<ClassPathResource> file(String path) {
        String name = switch (path) {
            case "/openapi.json" -> "openapi/havenkeep.json";
            case "/docs", "/docs/" -> "docs/index.html";
            default -> path.startsWith("/docs/") ? path.substring(1) : "console" + path;
        };
        return SAFE_PATH.matcher("/" + name).matches()
                ? Optional.of(new ClassPathResource(name)).filter(PagesFilter::isFile)
                : Optional.empty();
    }

    private static boolean isFile(ClassPathResource resource) {
        return resource.getPath().lastIndexOf('.') > resource.getPath().lastIndexOf('/') && resource.exists();
    }

    private static void serve(
            HttpServletRequest request, HttpServletResponse response, ClassPathResource file, String caching)
            throws IOException {
        byte[] bytes;
        try (InputStream stream = file.getInputStream()) {
            bytes = stream.readAllBytes();
        }
        write(request, response, bytes, file.getPath(), caching);
    }

    private static void write(
            HttpServletRequest request, HttpServletResponse response, byte[] bytes, String name, String caching)
            throws IOException {
        response.setHeader(HttpHeaders.CACHE_CONTROL, caching);
        if (caching.equals(ASK_AGAIN)) {
            // Weak, since the container may compress the answer.
            String tag = "W/\"" + hash(bytes) + "\"";
            response.setHeader(HttpHeaders.ETAG, tag);
            if (tag.equals(request.getHeader(HttpHeaders.IF_NONE_MATCH))) {
                response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
                return;
            }
        }
        response.setContentType(TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), OCTETS));
        response.setContentLength(bytes.length);
        if (request.getMethod().equals("GET")) {
            response.getOutputStream().write(bytes);
        }
    }

    private static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes), 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
