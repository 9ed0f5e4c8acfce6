package dev.havenkeep.sources;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.kernel.StorableText;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a git repository is: {@code https://}, {@code http://} or {@code ssh://}, or the short SSH form
 * {@code git@host:path} (git-fetch(1), "Git URLs"). It holds no credential, names no file of this machine, and cannot be
 * taken for an option of a program.
 */
public final class GitUrl {

    private static final int MAX_LENGTH = 2048;
    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://.*");
    /** {@code ext::command} and the like, which git hands to a program (gitremote-helpers(7)). */
    private static final Pattern HELPER = Pattern.compile("[A-Za-z0-9+.-]*::");

    private static final Pattern SHORT_SSH =
            Pattern.compile("(?:([A-Za-z0-9_][A-Za-z0-9._-]*)@)?([A-Za-z0-9][A-Za-z0-9.-]*|\\[[0-9a-fA-F:.]+]):(.+)");
    private static final Pattern USER = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]*");
    private static final String DEFAULT_USER = "git";

    private final String text;
    private final Scheme scheme;
    private final String host;
    private final int port;
    private final String path;
    private final @Nullable String user;

    /** How the repository's server is spoken to. */
    public enum Scheme {
        HTTPS(443),
        HTTP(80),
        SSH(22);

        private final int defaultPort;

        Scheme(int defaultPort) {
            this.defaultPort = defaultPort;
        }
    }

    private GitUrl(String text, Scheme scheme, String host, int port, String path, @Nullable String user) {
        this.text = text;
        this.scheme = scheme;
        this.host = host.toLowerCase(Locale.ROOT);
        this.port = port < 0 ? scheme.defaultPort : port;
        this.path = path;
        this.user = user;
    }

    /**
     * Reads a URL.
     *
     * @throws ProblemException 422 naming what is wrong with it and which forms are accepted
     */
    @JsonCreator
    public static GitUrl parse(String text) {
        if (text.isBlank()) {
            throw invalid("is empty; give the address that `git clone` would take");
        }
        if (text.length() > MAX_LENGTH) {
            throw invalid("is longer than " + MAX_LENGTH + " characters");
        }
        if (text.chars().anyMatch(c -> c <= ' ' || c == 0x7F || Character.isISOControl(c) || c == '\\')) {
            throw invalid("must not hold spaces, backslashes or control characters");
        }
        StorableText.require("url", text);
        if (text.startsWith("-") || HELPER.matcher(text).lookingAt()) {
            throw invalid("must be an https://, http:// or ssh:// address, or git@host:path");
        }
        Matcher scheme = SCHEME.matcher(text);
        if (scheme.matches()) {
            return withScheme(text, scheme.group(1).toLowerCase(Locale.ROOT));
        }
        Matcher shortSsh = SHORT_SSH.matcher(text);
        if (shortSsh.matches()) {
            String path = shortSsh.group(3);
            refuseOption(path);
            String user = shortSsh.group(1) == null ? DEFAULT_USER : shortSsh.group(1);
            return new GitUrl(text, Scheme.SSH, unbracketed(shortSsh.group(2)), -1, path, user);
        }
        throw invalid("must be an https://, http:// or ssh:// address, or git@host:path");
    }

    /** The text form, as it was given. */
    @JsonValue
    public String text() {
        return text;
    }

    Scheme scheme() {
        return scheme;
    }

    /** The host in lower case; an IPv6 address without brackets. */
    String host() {
        return host;
    }

    int port() {
        return port;
    }

    String path() {
        return path;
    }

    /** The SSH user; only for SSH. */
    String user() {
        return user == null ? DEFAULT_USER : user;
    }

    /** Whether a credential for one may be offered to the other: same way, same host, same port. */
    boolean sameServer(GitUrl other) {
        return scheme == other.scheme && host.equals(other.host) && port == other.port;
    }

    /** The repository that a submodule's relative URL means (gitmodules(5)): relative to this repository. */
    GitUrl resolve(String relative) {
        if (!relative.startsWith("./") && !relative.startsWith("../")) {
            return parse(relative);
        }
        String base = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        String rest = relative;
        while (true) {
            if (rest.startsWith("./")) {
                rest = rest.substring(2);
            } else if (rest.startsWith("../")) {
                rest = rest.substring(3);
                int cut = Math.max(base.lastIndexOf('/'), scheme == Scheme.SSH ? base.lastIndexOf(':') : -1);
                if (cut <= base.indexOf("://") + 2) {
                    throw invalid("has a submodule whose relative address leaves the server: " + relative);
                }
                base = base.charAt(cut) == ':' ? base.substring(0, cut + 1) : base.substring(0, cut);
            } else {
                break;
            }
        }
        return parse(base.endsWith(":") ? base + rest : base + "/" + rest);
    }

    @Override
    public String toString() {
        return text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof GitUrl that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    private static GitUrl withScheme(String text, String scheme) {
        Scheme kind = switch (scheme) {
            case "https" -> Scheme.HTTPS;
            case "http" -> Scheme.HTTP;
            case "ssh", "git+ssh", "ssh+git" -> Scheme.SSH;
            case "file" -> throw invalid("names a file of the control plane; give the address of a git server instead");
            default -> throw invalid("must be an https://, http:// or ssh:// address, or git@host:path");
        };
        URI uri;
        try {
            uri = new URI(text).parseServerAuthority();
        } catch (URISyntaxException e) {
            throw invalid("is not a well-formed address; does its path need percent-encoding?");
        }
        String userInfo = uri.getRawUserInfo();
        if (userInfo != null && (kind != Scheme.SSH || userInfo.contains(":"))) {
            throw invalid("must not hold a user name or password; leave them out and choose a git credential");
        }
        if (userInfo != null && !USER.matcher(userInfo).matches()) {
            throw invalid("has a user name that is not accepted");
        }
        String host = uri.getHost();
        if (host == null || host.isEmpty() || host.startsWith("-")) {
            throw invalid("has no valid host name");
        }
        String path = uri.getRawPath();
        if (path == null || path.length() < 2) {
            throw invalid("names a server, but no repository on it");
        }
        if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw invalid("must not hold a query (?) or a fragment (#)");
        }
        refuseOption(path.substring(1));
        return new GitUrl(text, kind, unbracketed(host), uri.getPort(), path, userInfo);
    }

    private static void refuseOption(String path) {
        if (path.startsWith("-")) {
            throw invalid("has a path that a program could take for an option");
        }
    }

    private static String unbracketed(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static ProblemException invalid(String message) {
        return new ProblemException(Problem.invalid("url", message));
    }
}
