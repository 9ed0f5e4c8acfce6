package dev.havenkeep.administration;

import dev.havenkeep.credentials.DisplayName;
import dev.havenkeep.kernel.Audited;
import dev.havenkeep.kernel.Scope;
import dev.havenkeep.kernel.Secret;
import dev.havenkeep.realms.Connection;
import dev.havenkeep.realms.ConnectionId;
import dev.havenkeep.realms.ConnectionName;
import dev.havenkeep.realms.Realm;
import dev.havenkeep.realms.RealmConnections;
import dev.havenkeep.realms.RealmId;
import dev.havenkeep.realms.Realms;
import dev.havenkeep.web.EntityTag;
import dev.havenkeep.web.Page;
import dev.havenkeep.web.Paging;
import dev.havenkeep.web.Patch;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
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

/** The upstream providers of a realm over HTTP. */
@RestController
@RequestMapping("/api/v1/realms/{realm}/connections")
class ConnectionController {

    private final Realms realms;
    private final RealmConnections connections;
    private final ApplicationEventPublisher events;

    ConnectionController(Realms realms, RealmConnections connections, ApplicationEventPublisher events) {
        this.realms = realms;
        this.connections = connections;
        this.events = events;
    }

    /**
     * A connection to make.
     *
     * @param name its part in the callback's address: 1 to 40 lower-case letters, digits and hyphens; it never changes
     * @param kind which provider
     * @param label what its button says, 1 to 100 characters
     * @param enabled whether it can be used; true when absent
     * @param clientId what the provider calls this realm, at most 200 characters
     * @param secret the client secret that the provider gave, or for Apple the content of the .p8 file; at most 10,000
     *     characters
     * @param scopes what to ask the provider for; the kind's usual when absent; at most 50 of at most 200 characters
     * @param hostedDomain Google: the one Workspace domain whose people may come, at most 253 characters
     * @param tenant Microsoft: common, organizations, consumers, or a tenant's id or domain; common when absent; at most
     *     100 characters
     * @param trustedTenants Microsoft: ids of tenants whose addresses are proof; at most 50 of at most 100 characters
     * @param teamId Apple: the developer team, at most 20 characters
     * @param keyId Apple: the key for Sign in with Apple, at most 20 characters
     * @param issuer OpenID: exactly what the provider calls itself, at most 500 characters
     * @param trustedDomains OpenID: domains whose addresses are proof, or * alone; none when absent; at most 50 of at most
     *     253 characters
     */
    record NewConnection(
            ConnectionName name,
            ConnectionValues.Kind kind,
            String label,
            @Nullable Boolean enabled,
            String clientId,
            Secret secret,
            @Nullable List<String> scopes,
            @Nullable String hostedDomain,
            @Nullable String tenant,
            @Nullable List<String> trustedTenants,
            @Nullable String teamId,
            @Nullable String keyId,
            @Nullable String issuer,
            @Nullable List<String> trustedDomains) {

        ConnectionValues values() {
            return new ConnectionValues(
                    kind,
                    clientId,
                    secret,
                    scopes,
                    hostedDomain,
                    tenant,
                    trustedTenants,
                    teamId,
                    keyId,
                    issuer,
                    trustedDomains);
        }
    }

    /**
     * What to change about a connection; members that are absent stay as they are.
     *
     * @param label what its button says, 1 to 100 characters
     * @param enabled whether it can be used
     * @param clientId what the provider calls this realm, at most 200 characters
     * @param secret another client secret or private key, at most 10,000 characters
     * @param scopes what to ask the provider for; null for the kind's usual; at most 50 of at most 200 characters
     * @param hostedDomain Google: the one Workspace domain whose people may come, at most 253 characters
     * @param tenant Microsoft: common, organizations, consumers, or a tenant's id or domain; at most 100 characters
     * @param trustedTenants Microsoft: ids of tenants whose addresses are proof; at most 50 of at most 100 characters
     * @param teamId Apple: the developer team, at most 20 characters
     * @param keyId Apple: the key for Sign in with Apple, at most 20 characters
     * @param issuer OpenID: exactly what the provider calls itself, at most 500 characters
     * @param trustedDomains OpenID: domains whose addresses are proof, or * alone; at most 50 of at most 253 characters
     */
    record ConnectionChange(
            Patch<String> label,
            Patch<Boolean> enabled,
            Patch<String> clientId,
            Patch<Secret> secret,
            Patch<List<String>> scopes,
            Patch<String> hostedDomain,
            Patch<String> tenant,
            Patch<List<String>> trustedTenants,
            Patch<String> teamId,
            Patch<String> keyId,
            Patch<String> issuer,
            Patch<List<String>> trustedDomains) {

        ConnectionValues onto(ConnectionValues before) {
            return new ConnectionValues(
                    before.kind(),
                    clientId.orKeepOrClear(before.clientId()),
                    secret.orKeepOrClear(before.secret()),
                    scopes.orKeepOrClear(before.scopes()),
                    hostedDomain.orKeepOrClear(before.hostedDomain()),
                    tenant.orKeepOrClear(before.tenant()),
                    trustedTenants.orKeepOrClear(before.trustedTenants()),
                    teamId.orKeepOrClear(before.teamId()),
                    keyId.orKeepOrClear(before.keyId()),
                    issuer.orKeepOrClear(before.issuer()),
                    trustedDomains.orKeepOrClear(before.trustedDomains()));
        }
    }

    /**
     * An upstream provider; its secret is never shown.
     *
     * @param kind which provider
     * @param label what its button says
     * @param enabled whether it can be used
     * @param callback what the provider must know as the redirect URI
     * @param clientId what the provider calls this realm
     * @param scopes what the provider is asked for
     * @param hostedDomain Google: the one Workspace domain whose people may come
     * @param tenant Microsoft: common, organizations, consumers, or a tenant's id or domain
     * @param trustedTenants Microsoft: ids of tenants whose addresses are proof
     * @param teamId Apple: the developer team
     * @param keyId Apple: the key for Sign in with Apple
     * @param issuer OpenID: what the provider calls itself
     * @param trustedDomains OpenID: domains whose addresses are proof, or * alone
     */
    record ConnectionInfo(
            ConnectionId id,
            ConnectionName name,
            ConnectionValues.Kind kind,
            String label,
            boolean enabled,
            String callback,
            @Nullable String clientId,
            @Nullable List<String> scopes,
            @Nullable String hostedDomain,
            @Nullable String tenant,
            @Nullable List<String> trustedTenants,
            @Nullable String teamId,
            @Nullable String keyId,
            @Nullable String issuer,
            @Nullable List<String> trustedDomains,
            long version,
            Instant createdAt) {}

    /** Lists a realm's connections, oldest first. */
    @GetMapping
    Page<ConnectionInfo> listConnections(
            @PathVariable RealmId realm,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        Realm owner = realms.get(realm);
        return connections.list(realm, Paging.of(limit, cursor)).map(connection -> info(owner, connection));
    }

    /** Creates a connection; its answer has the callback. */
    @PostMapping
    ResponseEntity<ConnectionInfo> createConnection(@PathVariable RealmId realm, @RequestBody NewConnection body) {
        Realm owner = realms.get(realm);
        Connection.Offer offer =
                new Connection.Offer(DisplayName.parse("label", body.label()), !Boolean.FALSE.equals(body.enabled()));
        Connection created =
                connections.create(realm, body.name(), offer, body.values().settings());
        audit("connection.created", owner, created, Map.of("kind", body.kind().text()));
        return ResponseEntity.created(URI.create("/api/v1/realms/" + realm + "/connections/" + created.id()))
                .eTag(EntityTag.of(created.version()))
                .body(info(owner, created));
    }

    /** Reads a connection. */
    @GetMapping("/{connection}")
    ResponseEntity<ConnectionInfo> getConnection(@PathVariable RealmId realm, @PathVariable ConnectionId connection) {
        return answer(realms.get(realm), connections.get(realm, connection));
    }

    /** Changes a connection. */
    @PatchMapping("/{connection}")
    ResponseEntity<ConnectionInfo> updateConnection(
            @PathVariable RealmId realm,
            @PathVariable ConnectionId connection,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestBody ConnectionChange body) {
        Realm owner = realms.get(realm);
        Connection before = connections.get(realm, connection);
        EntityTag.check(ifMatch, before.version());
        ConnectionValues values = ConnectionValues.of(before.settings());
        Connection.Offer offer = new Connection.Offer(
                DisplayName.parse(
                        "label", body.label().orKeep(before.offer().label().value())),
                body.enabled().orKeep(before.offer().enabled()));
        Connection after =
                connections.change(realm, before, offer, body.onto(values).settings());
        audit("connection.changed", owner, after, differences(before, after));
        return answer(owner, after);
    }

    /** Deletes a connection; who signed in with it keeps their account. */
    @DeleteMapping("/{connection}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void deleteConnection(@PathVariable RealmId realm, @PathVariable ConnectionId connection) {
        Realm owner = realms.get(realm);
        Connection before = connections.get(realm, connection);
        connections.delete(realm, connection);
        audit("connection.deleted", owner, before, Map.of());
    }

    private static Map<String, Object> differences(Connection before, Connection after) {
        Map<String, Object> changes = new LinkedHashMap<>();
        if (!before.offer().equals(after.offer())) {
            changes.put("offer", Map.of("from", before.offer(), "to", after.offer()));
        }
        if (!before.settings().secret().equals(after.settings().secret())) {
            changes.put("secret", "[secret]");
        }
        // A secret redacts itself in what is written of the settings.
        if (!before.settings().equals(after.settings())) {
            changes.put("settings", Map.of("from", before.settings(), "to", after.settings()));
        }
        return changes;
    }

    private void audit(String action, Realm realm, Connection connection, Map<String, Object> changes) {
        Map<String, Object> all = new LinkedHashMap<>(changes);
        all.put("realm", realm.name().value());
        events.publishEvent(new Audited(
                action,
                realm.teamId() == null ? null : Scope.of(realm.teamId()),
                "connection",
                connection.id().value(),
                connection.name().value(),
                all));
    }

    private ResponseEntity<ConnectionInfo> answer(Realm realm, Connection connection) {
        return ResponseEntity.ok().eTag(EntityTag.of(connection.version())).body(info(realm, connection));
    }

    private ConnectionInfo info(Realm realm, Connection connection) {
        ConnectionValues values = ConnectionValues.of(connection.settings());
        return new ConnectionInfo(
                connection.id(),
                connection.name(),
                values.kind(),
                connection.offer().label().value(),
                connection.offer().enabled(),
                realms.issuer(realm) + "/connections/" + connection.name() + "/callback",
                values.clientId(),
                values.scopes(),
                values.hostedDomain(),
                values.tenant(),
                values.trustedTenants(),
                values.teamId(),
                values.keyId(),
                values.issuer(),
                values.trustedDomains(),
                connection.version(),
                connection.createdAt());
    }
}
