package dev.havenkeep.applications;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.havenkeep.kernel.Secret;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where an application's image comes from. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Source.Git.class, name = "git"),
    @JsonSubTypes.Type(value = Source.Image.class, name = "image")
})
public sealed interface Source {

    /**
     * A Dockerfile in a git repository, built at each new commit.
     *
     * @param url the repository, over HTTPS, HTTP, SSH or the git protocol
     * @param branch what to deploy when no commit is named; absent for the repository's default branch
     * @param credentialId the team's git credential to use; absent for a public repository
     * @param dockerfile its path, relative to the context
     * @param contextDir the folder of the repository that is the build's context; {@code .} for all of it
     */
    record Git(
            String url, @Nullable String branch, @Nullable String credentialId, String dockerfile, String contextDir)
            implements Source {

        private static final int MAX_TEXT = 1_024;

        /** @throws dev.havenkeep.kernel.ProblemException 422 when a member is not acceptable */
        public Git {
            if (url.isBlank()) {
                throw Accepted.refusal("source.url", "names the git repository; it must not be empty");
            }
            if (url.length() > MAX_TEXT || !Accepted.printable(url)) {
                throw Accepted.refusal(
                        "source.url", "must be at most " + MAX_TEXT + " characters without control characters");
            }
            branch = branch == null || branch.isEmpty() ? null : text("source.branch", branch);
            dockerfile = path("source.dockerfile", dockerfile, "Dockerfile");
            contextDir = path("source.contextDir", contextDir, ".");
        }

        /** From JSON, where all but the URL may be left out. */
        @JsonCreator
        static Git of(
                @JsonProperty(value = "url", required = true) String url,
                @JsonProperty("branch") @Nullable String branch,
                @JsonProperty("credentialId") @Nullable String credentialId,
                @JsonProperty("dockerfile") @Nullable String dockerfile,
                @JsonProperty("contextDir") @Nullable String contextDir) {
            if (url == null) {
                throw Accepted.refusal("source.url", "is required");
            }
            return new Git(
                    url,
                    branch,
                    credentialId,
                    dockerfile == null ? "" : dockerfile,
                    contextDir == null ? "" : contextDir);
        }

        private static String path(String field, String path, String absent) {
            if (path.isEmpty()) {
                return absent;
            }
            text(field, path);
            if (path.startsWith("/") || ("/" + path + "/").contains("/../")) {
                throw Accepted.refusal(field, "must be a path inside the repository, without a leading / or '..'");
            }
            return path;
        }

        private static String text(String field, String text) {
            if (text.length() > MAX_TEXT || !Accepted.printable(text)) {
                throw Accepted.refusal(field, "must be at most " + MAX_TEXT + " characters without control characters");
            }
            return text;
        }
    }

    /**
     * A ready image from a registry.
     *
     * @param image the reference, with a tag, a digest, or neither for {@code latest}
     * @param username for a registry that asks who is pulling
     * @param password that goes with it; never answered
     */
    record Image(
            String image,
            @Nullable String username,

            @JsonProperty(access = JsonProperty.Access.WRITE_ONLY) @Nullable
            Secret password)
            implements Source {

        private static final int MAX_TEXT = 255;
        /** The reference grammar of the OCI distribution specification, section "Pulling manifests". */
        private static final Pattern REFERENCE = Pattern.compile(
                "(?:(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*|\\[[a-fA-F0-9:]+])(?::[0-9]{1,5})?/)?"
                        + "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*)*"
                        + "(?::[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127})?(?:@sha256:[a-f0-9]{64})?");

        /** @throws dev.havenkeep.kernel.ProblemException 422 when a member is not acceptable */
        public Image {
            if (image == null
                    || image.length() > MAX_TEXT
                    || !REFERENCE.matcher(image).matches()) {
                throw Accepted.refusal(
                        "source.image",
                        "must be an image reference such as nginx:1.27 or registry.example.com/team/app:v2");
            }
            if (username != null && (username.length() > MAX_TEXT || !Accepted.printable(username))) {
                throw Accepted.refusal(
                        "source.username", "must be at most " + MAX_TEXT + " characters without control characters");
            }
        }

        /** The same source with another password. */
        public Image withPassword(@Nullable Secret other) {
            return new Image(image, username, other);
        }
    }
}
