package dev.havenkeep.sources;

import dev.havenkeep.kernel.Cancellation;
import dev.havenkeep.kernel.DiskFull;
import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.Proxy;
import java.net.SocketTimeoutException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.eclipse.jgit.errors.NoRemoteRepositoryException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.EmptyProgressMonitor;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.CredentialItem;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.FetchResult;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.SshTransport;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.TrackingRefUpdate;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.TransportHttp;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.transport.http.HttpConnectionFactory;
import org.jspecify.annotations.Nullable;

/** A repository on its server, as one credential sees it. Each call is a {@link Conversation} of its own. */
final class Remote {

    private static final int MAX_WORDS = 300;

    private final GitUrl url;
    private final Access access;
    private final NetworkPolicy policy;
    private final GitSsh ssh;
    private final Duration deadline;
    private final long maxBytes;
    private final Cancellation cancellation;

    Remote(
            GitUrl url,
            Access access,
            NetworkPolicy policy,
            GitSsh ssh,
            SourcesProperties properties,
            Cancellation cancellation) {
        this.url = url;
        this.access = access;
        this.policy = policy;
        this.ssh = ssh;
        this.deadline = properties.fetchTimeout();
        this.maxBytes = properties.maxFetchSize().toBytes();
        this.cancellation = cancellation;
        checkAccess();
    }

    GitUrl url() {
        return url;
    }

    Access access() {
        return access;
    }

    /** Whose view of the repository this is. */
    @Nullable
    GitCredentialId credential() {
        return switch (access) {
            case Access.Anonymous none -> null;
            case Access.Token token -> token.credential();
            case Access.DeployKey key -> key.credential();
        };
    }

    GitSsh ssh() {
        return ssh;
    }

    Conversation converse() {
        cancellation.check();
        return new Conversation(url, policy, deadline, maxBytes, cancellation);
    }

    /**
     * Fetches refs into the repository.
     *
     * @param lenient whether a server that has not what is asked for is no failure as long as it can be spoken to
     * @return false when the server has no such ref
     */
    boolean fetch(Repository repository, List<RefSpec> specs, boolean lenient) {
        try (Conversation conversation = converse();
                Transport transport = transport(conversation, repository)) {
            transport.setTagOpt(TagOpt.NO_TAGS);
            transport.setRemoveDeletedRefs(specs.stream().anyMatch(RefSpec::isWildcard));
            try {
                requireWritten(transport.fetch(new StopWhenCancelled(cancellation), specs));
                return true;
            } catch (TransportException e) {
                if (conversation.reason() == null
                        && (says(e, "does not have") || (lenient && (says(e, "want ") || says(e, "not our ref"))))) {
                    return false;
                }
                throw explained(conversation, e);
            }
        } catch (IOException e) {
            throw new ProblemException(
                    DiskFull.causedBy(e)
                            ? DiskFull.PROBLEM
                            : SourceProblems.unreachable(url, "the fetch failed. Try again later."),
                    e);
        }
    }

    /** A ref that could not be moved would pass off an older commit as the newest. */
    private static void requireWritten(FetchResult result) {
        for (TrackingRefUpdate update : result.getTrackingRefUpdates()) {
            switch (update.getResult()) {
                case LOCK_FAILURE, IO_FAILURE ->
                    throw new UncheckedIOException(new IOException(
                            "The mirror's " + update.getLocalName() + " cannot be written: " + update.getResult()));
                default -> {}
            }
        }
    }

    /** The branches that the server has now. */
    Branches branches() {
        try (Conversation conversation = converse();
                Transport transport = transport(conversation, null);
                FetchConnection connection = openFetch(conversation, transport)) {
            Collection<Ref> refs = connection.getRefs();
            List<String> names = refs.stream()
                    .map(Ref::getName)
                    .filter(name -> name.startsWith(Constants.R_HEADS))
                    .map(name -> name.substring(Constants.R_HEADS.length()))
                    .sorted()
                    .toList();
            Ref head = connection.getRef(Constants.HEAD);
            String target = head != null && head.isSymbolic() ? head.getTarget().getName() : null;
            return new Branches(
                    names,
                    target != null && target.startsWith(Constants.R_HEADS)
                            ? target.substring(Constants.R_HEADS.length())
                            : null);
        } catch (IOException e) {
            throw new ProblemException(SourceProblems.unreachable(url, "it could not be asked. Try again later."), e);
        }
    }

    boolean isEmpty() {
        return branches().names().isEmpty();
    }

    /** A request to the same server or, for large files, to where it sends us. */
    HttpConnection open(Conversation conversation, URL target) {
        return new GitHttpConnection(conversation, target);
    }

    private FetchConnection openFetch(Conversation conversation, Transport transport) throws IOException {
        try {
            return transport.openFetch();
        } catch (TransportException e) {
            throw explained(conversation, e);
        }
    }

    private Transport transport(Conversation conversation, @Nullable Repository repository) throws IOException {
        try {
            URIish uri = new URIish(url.text());
            Transport transport = repository == null ? Transport.open(uri) : Transport.open(repository, uri);
            switch (transport) {
                case TransportHttp http -> http.setHttpConnectionFactory(new Connections(conversation));
                case SshTransport sshTransport
                when access instanceof Access.DeployKey key ->
                    sshTransport.setSshSessionFactory(ssh.sessions(conversation, key));
                default -> throw new IllegalStateException("No way to " + url);
            }
            transport.setCredentialsProvider(new Credentials(url, access));
            return transport;
        } catch (URISyntaxException e) {
            throw new IllegalStateException("A checked URL is not one to JGit: " + url, e);
        }
    }

    private void checkAccess() {
        boolean overSsh = url.scheme() == GitUrl.Scheme.SSH;
        switch (access) {
            case Access.Anonymous none -> {
                if (overSsh) {
                    throw new ProblemException(SourceProblems.credentialsRejected(
                            url,
                            "SSH needs a deploy key. Choose a credential of that kind, or use the https:// address."));
                }
            }
            case Access.Token token -> {
                if (overSsh) {
                    throw new ProblemException(SourceProblems.credentialsRejected(
                            url, "a token works over https:// only. Use that address, or a deploy key."));
                }
                if (url.scheme() == GitUrl.Scheme.HTTP && !policy.allowsPlainTokens()) {
                    throw new ProblemException(SourceProblems.credentialsRejected(
                            url, "a token would be readable on its way over http://. Use the https:// address."));
                }
            }
            case Access.DeployKey key -> {
                if (!overSsh) {
                    throw new ProblemException(SourceProblems.credentialsRejected(
                            url, "a deploy key works over SSH only. Use the ssh:// or git@host:path address."));
                }
            }
        }
    }

    private ProblemException explained(Conversation conversation, TransportException e) {
        Problem reason = conversation.reason();
        if (reason != null) {
            return new ProblemException(reason, e);
        }
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProblemException problem) {
                return problem;
            }
        }
        if (DiskFull.causedBy(e)) {
            return new ProblemException(DiskFull.PROBLEM, e);
        }
        if (says(e, "not authorized") || says(e, "authentication") || says(e, "not permitted") || says(e, "denied")) {
            return new ProblemException(SourceProblems.credentialsRejected(url, advice()), e);
        }
        return new ProblemException(SourceProblems.unreachable(url, why(e)), e);
    }

    private String advice() {
        return switch (access) {
            case Access.Anonymous none -> "it is not public. Choose a credential that may read it.";
            case Access.Token token ->
                "the token is not accepted. Check that it has not expired, may read this repository, and belongs to the"
                        + " user name.";
            case Access.DeployKey key ->
                "the deploy key may not read it. Add the credential's public key to the repository's deploy keys.";
        };
    }

    private String why(TransportException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case UnknownHostException unknown -> {
                    return "there is no host named " + url.host() + ". Check the address.";
                }
                case ConnectException refused -> {
                    return url.host() + " does not accept connections on port " + url.port() + ".";
                }
                case NoRouteToHostException noRoute -> {
                    return "there is no route to " + url.host() + ".";
                }
                case SocketTimeoutException timeout -> {
                    return url.host() + " does not answer in time. Try again later.";
                }
                case SSLException tls -> {
                    return "its TLS certificate is not one to trust, or TLS fails: " + words(tls);
                }
                default -> {
                    // What the others say is told below.
                }
            }
        }
        if (e instanceof NoRemoteRepositoryException || says(e, "not found")) {
            return "there is no such repository, or it is not shown without the right credential. Check the address.";
        }
        return words(e);
    }

    /** What it says, in one bounded line. */
    private String words(Throwable e) {
        String text = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        String line = text.replace(url.text() + ": ", "")
                .replaceAll("\\p{Cntrl}+", " ")
                .strip();
        return line.length() > MAX_WORDS ? line.substring(0, MAX_WORDS) + "…" : line;
    }

    private static boolean says(TransportException e, String words) {
        String message = e.getMessage();
        return message != null && message.toLowerCase(Locale.ROOT).contains(words);
    }

    /** Every HTTP connection goes to an address that was checked. */
    private record Connections(Conversation conversation) implements HttpConnectionFactory {

        @Override
        public HttpConnection create(URL target) {
            return new GitHttpConnection(conversation, target);
        }

        @Override
        public HttpConnection create(URL target, Proxy proxy) {
            return create(target);
        }
    }

    /** Answers with the token for the repository's own server, and for no other that a redirect leads to. */
    private static final class Credentials extends CredentialsProvider {
        private final GitUrl url;
        private final Access access;

        Credentials(GitUrl url, Access access) {
            this.url = url;
            this.access = access;
        }

        @Override
        public boolean isInteractive() {
            return false;
        }

        @Override
        public boolean supports(CredentialItem... items) {
            for (CredentialItem item : items) {
                if (!(item instanceof CredentialItem.Username) && !(item instanceof CredentialItem.Password)) {
                    return false;
                }
            }
            return access instanceof Access.Token;
        }

        @Override
        public boolean get(URIish uri, CredentialItem... items) {
            boolean sameServer = url.host().equalsIgnoreCase(uri.getHost())
                    && (uri.getPort() < 0 || uri.getPort() == url.port())
                    && url.scheme().name().equalsIgnoreCase(uri.getScheme());
            if (!sameServer || !(access instanceof Access.Token token)) {
                return false;
            }
            for (CredentialItem item : items) {
                switch (item) {
                    case CredentialItem.Username username -> username.setValue(token.username());
                    case CredentialItem.Password password ->
                        password.setValue(token.secret().reveal().toCharArray());
                    default -> {
                        return false;
                    }
                }
            }
            return true;
        }
    }

    private static final class StopWhenCancelled extends EmptyProgressMonitor {
        private final Cancellation cancellation;

        StopWhenCancelled(Cancellation cancellation) {
            this.cancellation = cancellation;
        }

        @Override
        public boolean isCancelled() {
            return cancellation.isCancelled();
        }
    }
}
