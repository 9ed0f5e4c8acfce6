package dev.havenkeep.sources;

import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.session.ClientSession;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Fetches what a repository keeps in Git LFS, by the batch API with the basic transfer (git-lfs, docs/api/batch.md), and
 * keeps it beside the mirror under its SHA-256, which is checked. Over SSH, the server says where to ask and with which
 * short-lived header (docs/api/server-discovery.md).
 */
final class LfsObjects {

    private static final String MEDIA_TYPE = "application/vnd.git-lfs+json";
    private static final int BATCH = 100;
    private static final int MAX_ANSWER = 4 * 1024 * 1024;
    private static final int OK = 200;
    private static final int MAX_REDIRECTS = 3;

    private final Remote remote;
    private final Path folder;
    private final JsonMapper json;

    LfsObjects(Remote remote, Path mirror, JsonMapper json) {
        this.remote = remote;
        this.folder = mirror.resolve("lfs");
        this.json = json;
    }

    /** A file whose content is wanted, and where in the repository, for a problem. */
    record Wanted(LfsPointer pointer, String path) {}

    private record Endpoint(String url, Map<String, String> headers) {}

    /** Where an object's content is, once fetched. */
    Path file(LfsPointer pointer) {
        String oid = pointer.oid();
        return folder.resolve(oid.substring(0, 2)).resolve(oid.substring(2, 4)).resolve(oid);
    }

    /** Brings all of these that are not there yet. */
    void fetch(List<Wanted> all, @Nullable String configuredUrl) {
        List<Wanted> missing = new ArrayList<>();
        for (Wanted wanted : all) {
            if (!Files.exists(file(wanted.pointer()))) {
                missing.add(wanted);
            }
        }
        if (missing.isEmpty()) {
            return;
        }
        try (Conversation conversation = remote.converse()) {
            try {
                Endpoint endpoint = endpoint(conversation, configuredUrl);
                for (int start = 0; start < missing.size(); start += BATCH) {
                    batch(conversation, endpoint, missing.subList(start, Math.min(start + BATCH, missing.size())));
                }
            } catch (IOException | JacksonException e) {
                Problem reason = conversation.reason();
                throw new ProblemException(
                        reason != null
                                ? reason
                                : SourceProblems.lfsObjectMissing(
                                        remote.url(),
                                        missing.getFirst().path(),
                                        "the LFS server fails. Try again later."),
                        e);
            }
        }
    }

    private Endpoint endpoint(Conversation conversation, @Nullable String configuredUrl) throws IOException {
        if (configuredUrl != null) {
            GitUrl url = remote.url().resolve(configuredUrl);
            boolean sameServer = url.sameServer(remote.url());
            return new Endpoint(url.text(), sameServer ? authorization() : Map.of());
        }
        if (remote.url().scheme() == GitUrl.Scheme.SSH) {
            return overSsh(conversation);
        }
        String base = remote.url().text().replaceFirst("/+$", "");
        return new Endpoint((base.endsWith(".git") ? base : base + ".git") + "/info/lfs", authorization());
    }

    private Map<String, String> authorization() {
        return remote.access() instanceof Access.Token token
                ? Map.of(
                        "Authorization",
                        "Basic "
                                + Base64.getEncoder()
                                        .encodeToString((token.username() + ":"
                                                        + token.secret().reveal())
                                                .getBytes(StandardCharsets.UTF_8)))
                : Map.of();
    }

    private Endpoint overSsh(Conversation conversation) throws IOException {
        if (!(remote.access() instanceof Access.DeployKey key)) {
            throw new IllegalStateException("SSH without a deploy key");
        }
        String command = "git-lfs-authenticate "
                + org.eclipse.jgit.util.QuotedString.BOURNE.quote(remote.url().path())
                + " download";
        try (ClientSession session = remote.ssh().open(conversation, key);
                ChannelExec channel = session.createExecChannel(command)) {
            channel.open().verify();
            JsonNode answer =
                    json.readTree(conversation.counted(channel.getInvertedOut()).readNBytes(MAX_ANSWER));
            String href = answer.path("href").asString("");
            if (href.isEmpty()) {
                throw new IOException("The server has no LFS");
            }
            return new Endpoint(href, headers(answer.path("header")));
        }
    }

    private void batch(Conversation conversation, Endpoint endpoint, List<Wanted> wanted) throws IOException {
        List<Map<String, Object>> objects = wanted.stream()
                .map(one -> Map.<String, Object>of(
                        "oid", one.pointer().oid(), "size", one.pointer().size()))
                .toList();
        byte[] body = json.writeValueAsBytes(Map.of(
                "operation", "download", "transfers", List.of("basic"), "objects", objects, "hash_algo", "sha256"));
        HttpConnection request = remote.open(conversation, url(endpoint.url() + "/objects/batch"));
        endpoint.headers().forEach(request::setRequestProperty);
        request.setRequestProperty("Accept", MEDIA_TYPE);
        request.setRequestProperty("Content-Type", MEDIA_TYPE);
        request.setRequestMethod("POST");
        try (OutputStream out = request.getOutputStream()) {
            out.write(body);
        }
        int status = request.getResponseCode();
        if (status == HttpConnection.HTTP_UNAUTHORIZED || status == HttpConnection.HTTP_FORBIDDEN) {
            throw new ProblemException(SourceProblems.credentialsRejected(
                    remote.url(), "its LFS storage does not accept them. Use a credential that may read LFS objects."));
        }
        if (status != OK) {
            throw failure(wanted.getFirst(), "the LFS server answers with status " + status);
        }
        JsonNode answer;
        try (InputStream in = request.getInputStream()) {
            answer = json.readTree(in.readNBytes(MAX_ANSWER));
        }
        for (Wanted one : wanted) {
            download(conversation, one, object(answer, one));
        }
    }

    private static JsonNode object(JsonNode answer, Wanted wanted) {
        for (JsonNode object : answer.path("objects")) {
            if (object.path("oid").asString("").equals(wanted.pointer().oid())) {
                return object;
            }
        }
        return answer.path("objects").path(-1);
    }

    private void download(Conversation conversation, Wanted wanted, JsonNode object) throws IOException {
        JsonNode action = object.path("actions").path("download");
        String href = action.path("href").asString("");
        if (href.isEmpty()) {
            throw failure(wanted, "the LFS server does not have it. Run `git lfs push --all` where it is.");
        }
        HttpConnection request = follow(conversation, href, headers(action.path("header")), wanted);
        Path target = file(wanted.pointer());
        Files.createDirectories(target.getParent());
        Path partial = Files.createTempFile(target.getParent(), "lfs", ".part");
        try {
            MessageDigest digest = sha256();
            try (InputStream in = request.getInputStream();
                    OutputStream out = new DigestOutputStream(
                            new Bounded(
                                    Files.newOutputStream(partial),
                                    wanted.pointer().size()),
                            digest)) {
                in.transferTo(out);
            }
            if (!HexFormat.of()
                    .formatHex(digest.digest())
                    .equals(wanted.pointer().oid())) {
                throw failure(wanted, "what the LFS server sends is not what the repository names");
            }
            Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(partial);
        }
    }

    private HttpConnection follow(Conversation conversation, String href, Map<String, String> headers, Wanted wanted)
            throws IOException {
        URL target = url(href);
        Map<String, String> sent = headers;
        for (int redirect = 0; redirect <= MAX_REDIRECTS; redirect++) {
            HttpConnection request = remote.open(conversation, target);
            sent.forEach(request::setRequestProperty);
            int status = request.getResponseCode();
            String location = request.getHeaderField("Location");
            if (status == OK) {
                return request;
            }
            if (status / 100 != 3 || location == null) {
                throw failure(wanted, "the LFS server answers with status " + status);
            }
            URL next = url(target.toString(), location);
            sent = next.getAuthority().equals(target.getAuthority()) ? sent : Map.of();
            target = next;
        }
        throw failure(wanted, "the LFS server sends us around in circles");
    }

    private static Map<String, String> headers(JsonNode node) {
        Map<String, String> headers = new java.util.LinkedHashMap<>();
        node.properties()
                .forEach(entry -> headers.put(entry.getKey(), entry.getValue().asString("")));
        return headers;
    }

    private static URL url(String text) throws IOException {
        return url(text, "");
    }

    private static URL url(String base, String relative) throws IOException {
        try {
            URI uri = new URI(base).resolve(new URI(relative));
            URI whole = relative.isEmpty() ? new URI(base) : uri;
            if (!"https".equals(whole.getScheme()) && !"http".equals(whole.getScheme())) {
                throw new MalformedURLException("Not HTTP: " + whole.getScheme());
            }
            return whole.toURL();
        } catch (URISyntaxException e) {
            throw new IOException("The LFS server names an address that is none", e);
        }
    }

    private ProblemException failure(Wanted wanted, String why) {
        return new ProblemException(SourceProblems.lfsObjectMissing(remote.url(), wanted.path(), why));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Takes no more than the pointer says. */
    private static final class Bounded extends FilterOutputStream {
        private long left;

        Bounded(OutputStream out, long size) {
            super(out);
            this.left = size;
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            left -= length;
            if (left < 0) {
                throw new IOException("The LFS server sends more than the repository says");
            }
            out.write(bytes, offset, length);
        }
    }
}
