package dev.havenkeep.servers;

import dev.havenkeep.kernel.SshKeys;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.AttributeRepository;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.kex.KexProposalOption;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.core.CoreModuleProperties;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Opens SSH connections to servers: only with the server's own key, only to a server that shows the pinned host key.
 * No file of the user that runs Havenkeep (known_hosts, config, agent) has a say. It starts with the first connection.
 */
@Component
class SshTransport implements AutoCloseable {

    static final Duration CONNECT = Duration.ofSeconds(5);
    static final Duration AUTHENTICATE = Duration.ofSeconds(15);
    private static final Duration HEARTBEAT = Duration.ofSeconds(5);
    private static final int MISSED_HEARTBEATS = 3;
    private static final AttributeRepository.AttributeKey<HostCheck> HOST_CHECK =
            new AttributeRepository.AttributeKey<>();

    private @Nullable SshClient client;

    /**
     * Where a connection goes and who signs in.
     *
     * @param hostKey the pinned host key; absent before it was confirmed, when no connection comes about
     */
    record Target(
            String server,
            String host,
            int port,
            String user,
            KeyPair key,
            @Nullable String hostKey) {}

    /** The host key that a server showed, beside the one that it should show. */
    static final class HostCheck {
        private final @Nullable String pinned;
        private volatile @Nullable String shown;

        HostCheck(@Nullable String pinned) {
            this.pinned = pinned;
        }

        boolean accepts(PublicKey key) {
            String text = SshKeys.bareText(key);
            shown = text;
            return text.equals(pinned);
        }

        @Nullable
        String shown() {
            return shown;
        }
    }

    /** Connects and signs in. The check tells afterwards which host key the server showed. */
    ClientSession open(Target target, HostCheck check) throws IOException {
        InetSocketAddress address = new InetSocketAddress(target.host(), target.port());
        if (address.isUnresolved()) {
            throw new IOException("the name " + target.host() + " is not known");
        }
        ClientSession session = client().connect(
                        target.user(), address, AttributeRepository.ofKeyValuePair(HOST_CHECK, check), null)
                .verify(CONNECT)
                .getSession();
        try {
            session.addPublicKeyIdentity(target.key());
            session.auth().verify(AUTHENTICATE);
            return session;
        } catch (IOException | RuntimeException e) {
            session.close(true);
            throw e;
        }
    }

    private synchronized SshClient client() {
        if (client == null) {
            SshClient made = SshClient.setUpDefaultClient();
            made.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
            made.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
            made.setUserAuthFactories(List.of(UserAuthPublicKeyFactory.INSTANCE));
            made.setAgentFactory(null);
            made.setServerKeyVerifier(SshTransport::verify);
            made.addSessionListener(new PreferredHostKeys());
            // Small messages in a row would each wait for the server to acknowledge the one before.
            CoreModuleProperties.TCP_NODELAY.set(made, true);
            CoreModuleProperties.HEARTBEAT_INTERVAL.set(made, HEARTBEAT);
            CoreModuleProperties.HEARTBEAT_NO_REPLY_MAX.set(made, MISSED_HEARTBEATS);
            CoreModuleProperties.IDLE_TIMEOUT.set(made, Duration.ZERO);
            CoreModuleProperties.NIO2_READ_TIMEOUT.set(made, Duration.ZERO);
            ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("ssh-timer").daemon().factory());
            made.setScheduledExecutorService(timer, true);
            made.setNioWorkers(2);
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

    /** Asks a known server for the type of key that it is known by, and a new one for Ed25519. */
    private static final class PreferredHostKeys implements SessionListener {
        @Override
        public void sessionNegotiationOptionsCreated(Session session, Map<KexProposalOption, String> proposal) {
            AttributeRepository context =
                    session instanceof ClientSession outgoing ? outgoing.getConnectionContext() : null;
            HostCheck check = context == null ? null : context.getAttribute(HOST_CHECK);
            String offer = proposal.get(KexProposalOption.SERVERKEYS);
            if (check == null || offer == null) {
                return;
            }
            String type = check.pinned == null ? "ssh-ed25519" : check.pinned.substring(0, check.pinned.indexOf(' '));
            List<String> preferred = new ArrayList<>();
            List<String> others = new ArrayList<>();
            for (String algorithm : offer.split(",", -1)) {
                (KeyUtils.getCanonicalKeyType(algorithm).equals(type) ? preferred : others).add(algorithm);
            }
            preferred.addAll(others);
            proposal.put(KexProposalOption.SERVERKEYS, String.join(",", preferred));
        }
    }
}
