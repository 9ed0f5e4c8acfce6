package dev.havenkeep.applications;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.kernel.Secret;
import dev.havenkeep.sources.BranchName;
import dev.havenkeep.sources.ContextDir;
import dev.havenkeep.sources.DockerfilePath;
import dev.havenkeep.sources.GitCredentialId;
import dev.havenkeep.sources.GitSource;
import dev.havenkeep.sources.GitUrl;
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
     * @param url the repository, over HTTPS, HTTP or SSH
     * @param branch what to deploy when no commit is named; absent for the repository's default branch
     * @param credentialId the team's git credential to use; absent for a public repository
     * @param dockerfile its path, relative to the context
     * @param contextDir the folder of the repository that is the build's context; {@code .} for all of it
     */
    record Git(
            GitUrl url,
            @Nullable BranchName branch,
            @Nullable GitCredentialId credentialId,
            DockerfilePath dockerfile,
            ContextDir contextDir)
            implements Source {

        /**
         * From JSON, where all but the URL may be left out.
         *
         * @throws dev.havenkeep.kernel.ProblemException 422 when a member is not acceptable
         */
        @JsonCreator
        public static Git of(
                @JsonProperty(value = "url", required = true) String url,
                @JsonProperty("branch") @Nullable String branch,
                @JsonProperty("credentialId") @Nullable String credentialId,
                @JsonProperty("dockerfile") @Nullable String dockerfile,
                @JsonProperty("contextDir") @Nullable String contextDir) {
            if (url == null) {
                throw Accepted.refusal("source.url", "is required");
            }
            return Accepted.within(
                    "source",
                    () -> new Git(
                            GitUrl.parse(url),
                            branch == null || branch.isEmpty() ? null : new BranchName(branch),
                            credentialId == null || credentialId.isEmpty() ? null : credential(credentialId),
                            dockerfile == null || dockerfile.isEmpty()
                                    ? DockerfilePath.DEFAULT
                                    : new DockerfilePath(dockerfile),
                            contextDir == null ? ContextDir.ROOT : new ContextDir(contextDir)));
        }

        /** The same in the sources module's words. */
        public GitSource asGitSource() {
            return new GitSource(url, branch, credentialId, dockerfile, contextDir);
        }

        private static GitCredentialId credential(String text) {
            try {
                return new GitCredentialId(text);
            } catch (ProblemException e) {
                throw new ProblemException(Problem.invalid("credentialId", "names no git credential of the team"), e);
            }
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
