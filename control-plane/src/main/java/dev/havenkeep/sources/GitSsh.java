package dev.havenkeep.sources;

import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.kernel.SshKeys;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.security.PublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.AttributeRepository;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.kex.KexProposalOption;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.RemoteSession;
import org.eclipse.jgit.transport.RemoteSession2;
import org.eclipse.jgit.transport.SshSessionFactory;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.util.FS;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * SSH to repositories' servers: only with the credential's deploy key, only to an address that the policy has checked,
 * only when the server shows the host key that the credential knows it by. A server's first host key is taken on trust
 * and recorded once the deploy key was accepted. No file of the user that runs Havenkeep (known_hosts, config, agent)
 * has a say.
 */
@Component
final class GitSsh implements AutoCloseable {

    private static final Duration HANDSHAKE = Duration.ofSeconds(20);
    private static final AttributeRepository.AttributeKey<HostCheck> HOST_CHECK =
            new AttributeRepository.AttributeKey<>();

    private final GitCredentialStore store;
    private @Nullable SshClient client;

    GitSsh(GitCredentialStore store) {
        this.store = store;
    }

    /** What JGit needs to speak to one repository's server. */
    SshSessionFactory sessions(Conversation conversation, Access.DeployKey key) {
        return new SshSessionFactory() {
            @Override
            public RemoteSession getSession(URIish uri, CredentialsProvider provider, FS fs, int timeout)
                    throws TransportException {
                try {
                    return new GitSession(conversation, open(conversation, key));
                } catch (IOException e) {
                    throw new TransportException(uri, "SSH failed", e);
                }
            }

            @Override
            public String getType() {
                return "havenkeep";
            }
        };
    }

    /** Connects and signs in; the caller closes the session. */
    ClientSession open(Conversation conversation, Access.DeployKey key) throws IOException {
        GitUrl url = conversation.url();
        String server = url.host() + ":" + url.port();
        HostCheck check = new HostCheck(store.hostKey(key.credential(), server));
        ClientSession session = connect(conversation, check);
        try {
            session.addPublicKeyIdentity(key.keyPair());
            session.auth().verify(HANDSHAKE);
        } catch (SshException e) {
            session.close(true);
            throw explained(url, check, e);
        }
        if (check.pinned == null) {
            store.pinHostKey(key.credential(), server, check.offered());
        }
        return session;
    }

    private static IOException explained(GitUrl url, HostCheck check, SshException e) {
        String pinned = check.pinned;
        if (pinned != null && check.shown != null && !check.offered().equals(pinned)) {
            throw new ProblemException(
                    SourceProblems.hostKeyChanged(
                            url, SshKeys.fingerprint(pinned), SshKeys.fingerprint(check.offered())),
                    e);
        }
        if (check.shown == null) {
            return e;
        }
        throw new ProblemException(
                SourceProblems.credentialsRejected(
                        url,
                        "the server did not accept the deploy key. Add the credential's public key to the repository's"
                                + " deploy keys (read access is enough)."),
                e);
    }

    private ClientSession connect(Conversation conversation, HostCheck check) throws IOException {
        GitUrl url = conversation.url();
        AttributeRepository context = AttributeRepository.ofKeyValuePair(HOST_CHECK, check);
        IOException last = null;
        for (InetAddress address : conversation.addresses(url.host())) {
            try {
                ClientSession session = client().connect(
                                url.user(), new InetSocketAddress(address, url.port()), context, null)
                        .verify(HANDSHAKE)
                        .getSession();
                conversation.watch(() -> session.close(true));
                return session;
            } catch (IOException e) {
                last = e;
            }
        }
        throw last == null ? new IOException("no address") : last;
    }

    private synchronized SshClient client() {
        if (client == null) {
            SshClient made = SshClient.setUpDefaultClient();
            made.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
            made.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
            made.setUserAuthFactories(List.of(UserAuthPublicKeyFactory.INSTANCE));
            made.setAgentFactory(null);
            made.setServerKeyVerifier(GitSsh::verify);
            made.addSessionListener(new PreferKnownKeyType());
            made.setNioWorkers(1);
            made.start();
            client = made;
        }
        return client;
    }

    private static boolean verify(ClientSession session, SocketAddress remote, PublicKey key) {
        AttributeRepository context = session.getConnectionContext();
        HostCheck check = context == null ? null : context.getAttribute(HOST_CHECK);
        return check != null && check.accepts(key);
    }

    @Override
    public synchronized void close() {
        if (client != null) {
            client.stop();
            client = null;
        }
    }

    /** What is known of a server's host key, and what it shows. */
    private static final class HostCheck {
        private final @Nullable String pinned;
        private volatile @Nullable String shown;

        HostCheck(@Nullable String pinned) {
            this.pinned = pinned;
        }

        boolean accepts(PublicKey key) {
            String text = SshKeys.bareText(key);
            shown = text;
            return pinned == null || pinned.equals(text);
        }

        String offered() {
            String key = shown;
            if (key == null) {
                throw new IllegalStateException("The server has not shown its host key");
            }
            return key;
        }
    }

    /** Asks a known server for the type of key that it is known by, since it may have keys of several types. */
    private static final class PreferKnownKeyType implements SessionListener {
        @Override
        public void sessionNegotiationOptionsCreated(Session session, Map<KexProposalOption, String> proposal) {
            AttributeRepository context =
                    session instanceof ClientSession client ? client.getConnectionContext() : null;
            HostCheck check = context == null ? null : context.getAttribute(HOST_CHECK);
            String offer = proposal.get(KexProposalOption.SERVERKEYS);
            if (check == null || check.pinned == null || offer == null) {
                return;
            }
            String type = check.pinned.substring(0, check.pinned.indexOf(' '));
            List<String> preferred = new ArrayList<>();
            List<String> others = new ArrayList<>();
            for (String algorithm : Arrays.asList(offer.split(","))) {
                boolean known = KeyUtils.getCanonicalKeyType(algorithm).equals(type);
                (known ? preferred : others).add(algorithm);
            }
            preferred.addAll(others);
            proposal.put(KexProposalOption.SERVERKEYS, String.join(",", preferred));
        }
    }

    private record GitSession(Conversation conversation, ClientSession session) implements RemoteSession2 {

        @Override
        public Process exec(String command, int timeout) throws IOException {
            return exec(command, Map.of(), timeout);
        }

        @Override
        public Process exec(String command, Map<String, String> environment, int timeout) throws IOException {
            ChannelExec channel = session.createExecChannel(command, null, environment);
            channel.open().verify(HANDSHAKE);
            return new ChannelProcess(channel, conversation.counted(channel.getInvertedOut()));
        }

        @Override
        public void disconnect() {
            session.close(true);
        }
    }
}
