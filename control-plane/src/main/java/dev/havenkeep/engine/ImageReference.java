package dev.havenkeep.engine;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Names an image: by repository with a tag, a digest or both, or by the local id of an image that was built. The
 * grammar is the one of the distribution project's reference package; a short name such as {@code nginx} stands for
 * {@code docker.io/library/nginx:latest}, as it does for Docker.
 *
 * @param domain the registry's host with its port if any; {@code docker.io} unless another is named
 * @param path the repository in that registry
 * @param tag the tag; {@code latest} when there is neither tag nor digest, absent when there is just a digest
 * @param digest {@code sha256:} and 64 hexadecimal digits
 * @param id the local image id, of the same form; then everything else is absent
 */
public record ImageReference(
        @Nullable String domain,
        @Nullable String path,
        @Nullable String tag,
        @Nullable String digest,
        @Nullable String id) {

    private static final String DEFAULT_DOMAIN = "docker.io";
    private static final int LONGEST_NAME = 255;
    private static final int LONGEST = 512;

    private static final String ALPHANUMERIC = "[a-z0-9]+";
    private static final String SEPARATOR = "(?:[._]|__|-+)";
    private static final String COMPONENT = ALPHANUMERIC + "(?:" + SEPARATOR + ALPHANUMERIC + ")*";
    private static final String DOMAIN_COMPONENT = "[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?";
    private static final String HOST =
            "(?:" + DOMAIN_COMPONENT + "(?:\\." + DOMAIN_COMPONENT + ")*|\\[[a-fA-F0-9:]+\\])";

    private static final Pattern DOMAIN = Pattern.compile(HOST + "(?::[0-9]+)?");
    private static final Pattern PATH = Pattern.compile(COMPONENT + "(?:/" + COMPONENT + ")*");
    private static final Pattern TAG = Pattern.compile("\\w[\\w.-]{0,127}");
    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");
    private static final Pattern ID = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern WHOLE =
            Pattern.compile("(?<name>[^@]*?)(?::(?<tag>[^:/@]*))?(?:@(?<digest>.*))?", Pattern.DOTALL);

    /**
     * Reads a reference, such as {@code nginx:1.27}, {@code registry.example.com:5000/team/app@sha256:…} or a local id
     * {@code sha256:…}.
     *
     * @throws ProblemException 422 when the text has another form
     */
    @JsonCreator
    public static ImageReference parse(String text) {
        if (DIGEST.matcher(text).matches()) {
            return new ImageReference(null, null, null, null, text);
        }
        if (text.length() > LONGEST) {
            throw invalid("is longer than " + LONGEST + " characters");
        }
        Matcher whole = WHOLE.matcher(text);
        if (!whole.matches()) {
            throw invalid("is not an image reference; write it like nginx:1.27 or registry.example.com/team/app:1");
        }
        String name = whole.group("name");
        String tag = whole.group("tag");
        String digest = whole.group("digest");
        if (tag != null && !TAG.matcher(tag).matches()) {
            throw invalid("has a tag that is not 1 to 128 letters, digits, underscores, dots and hyphens");
        }
        if (digest != null && !DIGEST.matcher(digest).matches()) {
            throw invalid("has a digest that is not sha256: and 64 hexadecimal digits");
        }
        if (ID.matcher(name).matches()) {
            throw invalid("is ambiguous: 64 hexadecimal digits are an image's id, which begins with sha256:");
        }
        int slash = name.indexOf('/');
        String first = slash < 0 ? "" : name.substring(0, slash);
        boolean named = first.indexOf('.') >= 0
                || first.indexOf(':') >= 0
                || first.equals("localhost")
                || !first.equals(first.toLowerCase(java.util.Locale.ROOT));
        String domain = named && !first.equals("index.docker.io") ? first : DEFAULT_DOMAIN;
        String path = named ? name.substring(slash + 1) : name;
        if (domain.equals(DEFAULT_DOMAIN) && path.indexOf('/') < 0) {
            path = "library/" + path;
        }
        if (!DOMAIN.matcher(domain).matches() || !PATH.matcher(path).matches()) {
            throw invalid(
                    "is not an image reference; a repository is lower-case, for example nginx:1.27 or registry.example.com/team/app:1");
        }
        if (domain.length() + 1 + path.length() > LONGEST_NAME) {
            throw invalid("has a repository of more than " + LONGEST_NAME + " characters");
        }
        return new ImageReference(domain, path, tag == null && digest == null ? "latest" : tag, digest, null);
    }

    /** An image by its local id. */
    public static ImageReference ofId(String id) {
        if (!DIGEST.matcher(id).matches()) {
            throw invalid("has an id that is not sha256: and 64 hexadecimal digits");
        }
        return new ImageReference(null, null, null, null, id);
    }

    /** The same repository at exactly this content. */
    public ImageReference withDigest(String newDigest) {
        if (!DIGEST.matcher(newDigest).matches()) {
            throw invalid("has a digest that is not sha256: and 64 hexadecimal digits");
        }
        return new ImageReference(domain, path, null, newDigest, null);
    }

    /** The repository without tag and digest, as the engine takes it; empty for a local id. */
    public String repository() {
        if (path == null || domain == null) {
            return "";
        }
        if (!domain.equals(DEFAULT_DOMAIN)) {
            return domain + "/" + path;
        }
        return path.startsWith("library/") ? path.substring("library/".length()) : path;
    }

    /** Whether it is a local id, which no registry knows. */
    public boolean local() {
        return id != null;
    }

    /** The shortest text that means the same; what the engine is given and what people see. */
    @JsonValue
    @Override
    public String toString() {
        return id != null ? id : repository() + (tag == null ? "" : ":" + tag) + (digest == null ? "" : "@" + digest);
    }

    private static ProblemException invalid(String message) {
        return new ProblemException(Problem.invalid("image", message));
    }
}
