package dev.havenkeep.servers;

import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.kernel.Secret;
import dev.havenkeep.kernel.ServerId;
import dev.havenkeep.kernel.SshKeys;
import dev.havenkeep.kernel.TeamId;
import dev.havenkeep.web.EntityTag;
import dev.havenkeep.web.Page;
import dev.havenkeep.web.Paging;
import dev.havenkeep.web.Patch;
import java.net.URI;
import java.security.KeyPair;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Servers over HTTP. */
@RestController
@RequestMapping("/api/v1")
class ServerController {

    private static final int SSH_PORT = 22;
    private static final String ROOT = "root";

    private final Servers servers;

    ServerController(Servers servers) {
        this.servers = servers;
    }

    /** How a server is reached. */
    enum Kind {
        local,
        ssh
    }

    /**
     * A server to add.
     *
     * @param name unique in the team, as in a DNS label
     * @param kind {@code ssh}; the machine of the control plane is there already, as {@code local}
     * @param host where its sshd answers
     * @param port sshd's port, 1 to 65535; 22 when absent
     * @param user whom to sign in as, who must be allowed to use Docker; root when absent
     * @param privateKey an OpenSSH private key without a passphrase; absent to have one made
     * @param hostKey the host key to pin; absent to see and confirm the one of the first contact
     */
    record NewServer(
            ServerName name,
            Kind kind,
            @Nullable String host,
            @Nullable Integer port,
            @Nullable String user,
            @Nullable Secret privateKey,
            @Nullable String hostKey) {}

    /**
     * What to change about a server; members that are absent stay as they are.
     *
     * @param name unique in the team
     * @param host where its sshd answers
     * @param port sshd's port
     * @param user whom to sign in as
     * @param privateKey another private key
     * @param hostKey the host key to pin: the pending one to confirm it; null to unpin
     */
    record ServerChange(
            Patch<ServerName> name,
            Patch<String> host,
            Patch<Integer> port,
            Patch<String> user,
            Patch<Secret> privateKey,
            Patch<String> hostKey) {}

    /**
     * A server.
     *
     * @param teamId the team that it belongs to
     * @param name unique in the team
     * @param kind how it is reached
     * @param host where its sshd answers
     * @param port sshd's port
     * @param user whom to sign in as
     * @param publicKey what belongs into its user's {@code authorized_keys}
     * @param hostKey the pinned host key
     * @param hostKeyFingerprint its SHA-256 fingerprint, as {@code ssh-keygen -l} prints it
     * @param pendingHostKey the host key of the first contact, to be confirmed by setting hostKey to it
     * @param pendingHostKeyFingerprint its SHA-256 fingerprint
     */
    record ServerView(
            ServerId id,
            TeamId teamId,
            ServerName name,
            Kind kind,
            @Nullable String host,
            @Nullable Integer port,
            @Nullable String user,
            @Nullable String publicKey,
            @Nullable String hostKey,
            @Nullable String hostKeyFingerprint,
            @Nullable String pendingHostKey,
            @Nullable String pendingHostKeyFingerprint,
            long version,
            Instant createdAt) {

        static ServerView of(Server server) {
            return switch (server.reach()) {
                case Server.Reach.Local() -> view(server, Kind.local, null);
                case Server.Reach.Ssh ssh -> view(server, Kind.ssh, ssh);
            };
        }

        private static ServerView view(Server server, Kind kind, Server.Reach.@Nullable Ssh ssh) {
            return new ServerView(
                    server.id(),
                    server.team(),
                    server.name(),
                    kind,
                    ssh == null ? null : ssh.host(),
                    ssh == null ? null : ssh.port(),
                    ssh == null ? null : ssh.user(),
                    ssh == null ? null : ssh.publicKey(),
                    ssh == null ? null : ssh.hostKey(),
                    ssh == null ? null : fingerprint(ssh.hostKey()),
                    ssh == null ? null : ssh.pendingHostKey(),
                    ssh == null ? null : fingerprint(ssh.pendingHostKey()),
                    server.version(),
                    server.createdAt());
        }

        private static @Nullable String fingerprint(@Nullable String hostKey) {
            return hostKey == null ? null : SshKeys.fingerprint(hostKey);
        }
    }

    /** Lists the team's servers, oldest first. */
    @GetMapping("/teams/{team}/servers")
    Page<ServerView> listServers(
            @PathVariable TeamId team,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return servers.list(team, Paging.of(limit, cursor)).map(ServerView::of);
    }

    /** Adds a server that is reached over SSH. */
    @PostMapping("/teams/{team}/servers")
    ResponseEntity<ServerView> createServer(@PathVariable TeamId team, @RequestBody NewServer body) {
        if (body.kind() == Kind.local) {
            throw new ProblemException(Problem.invalid(
                    "kind",
                    "must be ssh: the machine that the control plane runs on belongs to the first team, as local"));
        }
        if (body.host() == null) {
            throw new ProblemException(Problem.invalid("host", "is needed: where the server's sshd answers"));
        }
        SshAddress address = new SshAddress(
                body.host(), body.port() == null ? SSH_PORT : body.port(), body.user() == null ? ROOT : body.user());
        KeyPair key = body.privateKey() == null ? SshKeys.generate() : SshKeys.parse(body.privateKey());
        String hostKey = body.hostKey() == null ? null : SshKeys.parseHostKey(body.hostKey());
        Server created = servers.create(team, body.name(), address, key, hostKey);
        return ResponseEntity.created(URI.create("/api/v1/servers/" + created.id()))
                .eTag(EntityTag.of(created.version()))
                .body(ServerView.of(created));
    }

    /** Reads a server. */
    @GetMapping("/servers/{server}")
    ResponseEntity<ServerView> getServer(@PathVariable ServerId server) {
        return answer(servers.get(server));
    }

    /** Changes how a server is called or reached, or confirms its host key. */
    @PatchMapping("/servers/{server}")
    ResponseEntity<ServerView> updateServer(
            @PathVariable ServerId server,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestBody ServerChange body) {
        Server before = servers.get(server);
        EntityTag.check(ifMatch, before.version());
        ServerName name = body.name().orKeep(before.name());
        return switch (before.reach()) {
            case Server.Reach.Local() -> {
                if (body.host().isPresent()
                        || body.port().isPresent()
                        || body.user().isPresent()
                        || body.privateKey().isPresent()
                        || body.hostKey().isPresent()) {
                    throw new ProblemException(Problem.invalid(
                            "host", "cannot be set: the server local is the machine that the control plane runs on"));
                }
                yield answer(servers.change(before, name, before.reach(), null));
            }
            case Server.Reach.Ssh ssh -> answer(changeSsh(before, name, ssh, body));
        };
    }

    /** Removes a server, which must have no applications; nothing on it is touched. */
    @DeleteMapping("/servers/{server}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void deleteServer(@PathVariable ServerId server) {
        servers.delete(server);
    }

    private Server changeSsh(Server before, ServerName name, Server.Reach.Ssh ssh, ServerChange body) {
        SshAddress address = new SshAddress(
                body.host().orKeep(ssh.host()),
                body.port().orKeep(ssh.port()),
                body.user().orKeep(ssh.user()));
        String asked = body.hostKey().orKeepOrClear(ssh.hostKey());
        String hostKey = asked == null ? null : SshKeys.parseHostKey(asked);
        KeyPair key = body.privateKey() instanceof Patch.Replaced<Secret>(Secret text) ? SshKeys.parse(text) : null;
        Server.Reach.Ssh after = new Server.Reach.Ssh(
                address.host(),
                address.port(),
                address.user(),
                key == null ? ssh.publicKey() : SshKeys.publicText(key),
                hostKey,
                hostKey == null ? ssh.pendingHostKey() : null);
        return servers.change(before, name, after, key);
    }

    private static ResponseEntity<ServerView> answer(Server server) {
        return ResponseEntity.ok().eTag(EntityTag.of(server.version())).body(ServerView.of(server));
    }
}
