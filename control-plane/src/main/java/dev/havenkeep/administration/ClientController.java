package dev.havenkeep.administration;

import dev.havenkeep.kernel.Audited;
import dev.havenkeep.kernel.Scope;
import dev.havenkeep.kernel.Secret;
import dev.havenkeep.realms.Client;
import dev.havenkeep.realms.ClientId;
import dev.havenkeep.realms.ClientSettings;
import dev.havenkeep.realms.Realm;
import dev.havenkeep.realms.RealmClients;
import dev.havenkeep.realms.RealmId;
import dev.havenkeep.realms.Realms;
import dev.havenkeep.realms.SigningAlgorithm;
import dev.havenkeep.web.EntityTag;
import dev.havenkeep.web.Page;
import dev.havenkeep.web.Paging;
import dev.havenkeep.web.Patch;
import java.net.URI;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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

/** The clients of a realm over HTTP. */
@RestController
@RequestMapping("/api/v1/realms/{realm}/clients")
class ClientController {

    private final Realms realms;
    private final RealmClients clients;
    private final ApplicationEventPublisher events;

    ClientController(Realms realms, RealmClients clients, ApplicationEventPublisher events) {
        this.realms = realms;
        this.clients = clients;
        this.events = events;
    }

    /**
     * A client to make; it begins with what is usual for its kind.
     *
     * @param name what people read when they are asked to consent, 1 to 100 characters
     * @param kind what sort of program it is
     * @param clientId what it calls itself, 1 to 100 letters, digits and . _ ~ -; when absent an unguessable one
     * @param redirectUris where answers may go, each compared exactly; at most 50 of at most 2,000 characters
     */
    record NewClient(
            String name,
            ClientSettings.Kind kind,
            @Nullable String clientId,
            @Nullable List<String> redirectUris) {}

    /**
     * What to change about a client; members that are absent stay as they are.
     *
     * @param name what people read when they are asked to consent, 1 to 100 characters
     * @param redirectUris where answers may go, each compared exactly; at most 50 of at most 2,000 characters
     * @param afterLogoutUris where a browser may go after signing out; at most 50 of at most 2,000 characters
     * @param backChannelLogoutUri where the end of a session is announced, at most 2,000 characters
     * @param grants what it may send to the token endpoint
     * @param scopes what it may ask for beside openid; at most 100 of at most 100 characters
     * @param consent whether people are asked before it is given anything
     * @param pkce whether it must use PKCE; public clients always must
     * @param pushed whether it must push its authorization requests
     * @param proofs how it may prove which client it is
     * @param keys its public keys as a JWK set, at most 20,000 characters
     * @param keysUrl an https address of that set instead, at most 2,000 characters
     * @param certificateSubject the distinguished name of its certificate, at most 1,000 characters
     * @param algorithm how its tokens are signed; null for as the realm says
     * @param tokenFormat what its access tokens look like
     * @param accessSeconds how long its access tokens live, 60 to 86,400; null for as the realm says
     * @param refreshSeconds how long its refresh tokens live, 300 to 31,536,000; null for as the realm says
     * @param bound whether its access tokens must be bound to a key (DPoP)
     * @param connections names of the upstream providers that may be used to sign in to it; empty for all; at most 50
     * @param logoUrl an https address of an image, at most 2,000 characters
     */
    record ClientChange(
            Patch<String> name,
            Patch<List<String>> redirectUris,
            Patch<List<String>> afterLogoutUris,
            Patch<String> backChannelLogoutUri,
            Patch<List<ClientSettings.GrantKind>> grants,
            Patch<List<String>> scopes,
            Patch<Boolean> consent,
            Patch<Boolean> pkce,
            Patch<Boolean> pushed,
            Patch<List<ClientSettings.ProofKind>> proofs,
            Patch<String> keys,
            Patch<String> keysUrl,
            Patch<String> certificateSubject,
            Patch<SigningAlgorithm> algorithm,
            Patch<ClientSettings.TokenFormat> tokenFormat,
            Patch<Integer> accessSeconds,
            Patch<Integer> refreshSeconds,
            Patch<Boolean> bound,
            Patch<List<String>> connections,
            Patch<String> logoUrl) {}

    /**
     * A client.
     *
     * @param clientId what it calls itself in the protocol
     * @param name what people read when they are asked to consent
     * @param kind what sort of program it is
     * @param redirectUris where answers may go, each compared exactly
     * @param afterLogoutUris where a browser may go after signing out
     * @param backChannelLogoutUri where the end of a session is announced
     * @param grants what it may send to the token endpoint
     * @param scopes what it may ask for beside openid
     * @param consent whether people are asked before it is given anything
     * @param pkce whether it must use PKCE
     * @param pushed whether it must push its authorization requests
     * @param proofs how it may prove which client it is
     * @param keys its public keys as a JWK set
     * @param keysUrl where that set is instead
     * @param certificateSubject the distinguished name of its certificate
     * @param algorithm how its tokens are signed; absent for as the realm says
     * @param tokenFormat what its access tokens look like
     * @param accessSeconds how long its access tokens live; absent for as the realm says
     * @param refreshSeconds how long its refresh tokens live; absent for as the realm says
     * @param bound whether its access tokens must be bound to a key (DPoP)
     * @param connections the upstream providers that may be used to sign in to it; empty for all
     * @param logoUrl the address of an image
     * @param hasSecret whether it has a secret
     * @param secret its new secret; only in the answer that made it
     */
    record ClientInfo(
            ClientId id,
            String clientId,
            String name,
            ClientSettings.Kind kind,
            List<String> redirectUris,
            List<String> afterLogoutUris,
            @Nullable String backChannelLogoutUri,
            List<ClientSettings.GrantKind> grants,
            List<String> scopes,
            boolean consent,
            boolean pkce,
            boolean pushed,
            List<ClientSettings.ProofKind> proofs,
            @Nullable String keys,
            @Nullable String keysUrl,
            @Nullable String certificateSubject,
            @Nullable SigningAlgorithm algorithm,
            ClientSettings.TokenFormat tokenFormat,
            @Nullable Integer accessSeconds,
            @Nullable Integer refreshSeconds,
            boolean bound,
            List<String> connections,
            @Nullable String logoUrl,
            boolean hasSecret,
            @Nullable String secret,
            long version,
            Instant createdAt) {

        private static ClientInfo of(Client client, @Nullable Secret secret) {
            ClientSettings settings = client.settings();
            return new ClientInfo(
                    client.id(),
                    client.clientId(),
                    settings.name(),
                    settings.kind(),
                    settings.addresses().redirect(),
                    settings.addresses().afterLogout(),
                    settings.addresses().backChannelLogout(),
                    settings.flows().grants().stream()
                            .sorted(Comparator.naturalOrder())
                            .toList(),
                    settings.flows().scopes(),
                    settings.flows().consent(),
                    settings.requiresPkce(),
                    settings.flows().pushed(),
                    settings.proof().kinds().stream()
                            .sorted(Comparator.naturalOrder())
                            .toList(),
                    settings.proof().keys(),
                    settings.proof().keysUrl(),
                    settings.proof().certificateSubject(),
                    settings.tokens().algorithm(),
                    settings.tokens().format(),
                    settings.tokens().accessSeconds(),
                    settings.tokens().refreshSeconds(),
                    settings.tokens().bound(),
                    settings.connections(),
                    settings.logoUrl(),
                    client.hasSecret(),
                    secret == null ? null : secret.reveal(),
                    client.version(),
                    client.createdAt());
        }
    }

    /** Lists a realm's clients, oldest first. */
    @GetMapping
    Page<ClientInfo> listClients(
            @PathVariable RealmId realm,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return clients.list(realm, Paging.of(limit, cursor)).map(client -> ClientInfo.of(client, null));
    }

    /** Creates a client; the answer has its secret, once. */
    @PostMapping
    ResponseEntity<ClientInfo> createClient(@PathVariable RealmId realm, @RequestBody NewClient body) {
        Realm owner = realms.get(realm);
        List<String> redirects = body.redirectUris() == null ? List.of() : body.redirectUris();
        RealmClients.WithSecret created =
                clients.create(realm, body.clientId(), ClientSettings.usual(body.name(), body.kind(), redirects));
        audit(
                "client.created",
                owner,
                created.client(),
                Map.of("kind", body.kind().text()));
        return ResponseEntity.created(URI.create("/api/v1/realms/" + realm + "/clients/"
                        + created.client().id()))
                .eTag(EntityTag.of(created.client().version()))
                .body(ClientInfo.of(created.client(), created.secret()));
    }

    /** Reads a client. */
    @GetMapping("/{client}")
    ResponseEntity<ClientInfo> getClient(@PathVariable RealmId realm, @PathVariable ClientId client) {
        return answer(clients.get(realm, client), null);
    }

    /** Changes a client; one that begins to use a secret is given one. */
    @PatchMapping("/{client}")
    ResponseEntity<ClientInfo> updateClient(
            @PathVariable RealmId realm,
            @PathVariable ClientId client,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestBody ClientChange body) {
        Realm owner = realms.get(realm);
        Client before = clients.get(realm, client);
        EntityTag.check(ifMatch, before.version());
        ClientSettings settings = changed(before.settings(), body);
        RealmClients.WithSecret after = clients.change(realm, before, settings);
        audit("client.changed", owner, after.client(), differences(before.settings(), settings));
        return answer(after.client(), after.secret());
    }

    /** Gives a client a new secret; the one before ends. */
    @PostMapping("/{client}/secret")
    ResponseEntity<ClientInfo> rotateClientSecret(@PathVariable RealmId realm, @PathVariable ClientId client) {
        Realm owner = realms.get(realm);
        RealmClients.WithSecret after = clients.rotateSecret(realm, clients.get(realm, client));
        audit("client.secret-rotated", owner, after.client(), Map.of("secret", "[secret]"));
        return answer(after.client(), after.secret());
    }

    /** Deletes a client; what it was given ends with it. */
    @DeleteMapping("/{client}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void deleteClient(@PathVariable RealmId realm, @PathVariable ClientId client) {
        Realm owner = realms.get(realm);
        Client before = clients.get(realm, client);
        clients.delete(realm, before);
        audit("client.deleted", owner, before, Map.of());
    }

    private static ClientSettings changed(ClientSettings before, ClientChange body) {
        return new ClientSettings(
                body.name().orKeep(before.name()),
                before.kind(),
                new ClientSettings.Addresses(
                        body.redirectUris().orKeep(before.addresses().redirect()),
                        body.afterLogoutUris().orKeep(before.addresses().afterLogout()),
                        body.backChannelLogoutUri()
                                .orKeepOrClear(before.addresses().backChannelLogout())),
                new ClientSettings.Flows(
                        set(body.grants(), before.flows().grants(), ClientSettings.GrantKind.class),
                        body.scopes().orKeep(before.flows().scopes()),
                        body.consent().orKeep(before.flows().consent()),
                        body.pkce().orKeep(before.flows().pkce()),
                        body.pushed().orKeep(before.flows().pushed())),
                new ClientSettings.Proof(
                        set(body.proofs(), before.proof().kinds(), ClientSettings.ProofKind.class),
                        body.keys().orKeepOrClear(before.proof().keys()),
                        body.keysUrl().orKeepOrClear(before.proof().keysUrl()),
                        body.certificateSubject().orKeepOrClear(before.proof().certificateSubject())),
                new ClientSettings.Tokens(
                        body.algorithm().orKeepOrClear(before.tokens().algorithm()),
                        body.tokenFormat().orKeep(before.tokens().format()),
                        body.accessSeconds().orKeepOrClear(before.tokens().accessSeconds()),
                        body.refreshSeconds().orKeepOrClear(before.tokens().refreshSeconds()),
                        body.bound().orKeep(before.tokens().bound())),
                body.connections().orKeep(before.connections()),
                body.logoUrl().orKeepOrClear(before.logoUrl()));
    }

    private static <E extends Enum<E>> Set<E> set(Patch<List<E>> patch, Set<E> before, Class<E> type) {
        EnumSet<E> set = EnumSet.noneOf(type);
        set.addAll(patch.orKeep(List.copyOf(before)));
        return set;
    }

    /** Which parts changed; the parts are small, and none holds a secret. */
    private static Map<String, Object> differences(ClientSettings before, ClientSettings after) {
        Map<String, Object> changes = new LinkedHashMap<>();
        differ(changes, "name", before.name(), after.name());
        differ(changes, "addresses", before.addresses(), after.addresses());
        differ(changes, "flows", before.flows(), after.flows());
        differ(changes, "proof", before.proof(), after.proof());
        differ(changes, "tokens", before.tokens(), after.tokens());
        differ(changes, "connections", before.connections(), after.connections());
        differ(changes, "logoUrl", before.logoUrl(), after.logoUrl());
        return changes;
    }

    private static void differ(
            Map<String, Object> changes, String name, @Nullable Object before, @Nullable Object after) {
        if (!Objects.equals(before, after)) {
            Map<String, Object> change = new HashMap<>();
            if (before != null) {
                change.put("from", before);
            }
            if (after != null) {
                change.put("to", after);
            }
            changes.put(name, change);
        }
    }

    private void audit(String action, Realm realm, Client client, Map<String, Object> changes) {
        Map<String, Object> all = new LinkedHashMap<>(changes);
        all.put("realm", realm.name().value());
        events.publishEvent(new Audited(
                action,
                realm.teamId() == null ? null : Scope.of(realm.teamId()),
                "client",
                client.id().value(),
                client.settings().name(),
                all));
    }

    private static ResponseEntity<ClientInfo> answer(Client client, @Nullable Secret secret) {
        return ResponseEntity.ok().eTag(EntityTag.of(client.version())).body(ClientInfo.of(client, secret));
    }
}
