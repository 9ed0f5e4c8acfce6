package dev.havenkeep.administration;

import dev.havenkeep.kernel.Audited;
import dev.havenkeep.kernel.Scope;
import dev.havenkeep.kernel.TeamId;
import dev.havenkeep.kernel.UserId;
import dev.havenkeep.realms.AuthEvent;
import dev.havenkeep.realms.PostgresqlAccess;
import dev.havenkeep.realms.Realm;
import dev.havenkeep.realms.RealmEvents;
import dev.havenkeep.realms.RealmId;
import dev.havenkeep.realms.RealmKeys;
import dev.havenkeep.realms.RealmName;
import dev.havenkeep.realms.RealmSettings;
import dev.havenkeep.realms.Realms;
import dev.havenkeep.realms.SigningAlgorithm;
import dev.havenkeep.realms.SigningKey;
import dev.havenkeep.web.EntityTag;
import dev.havenkeep.web.Page;
import dev.havenkeep.web.Paging;
import dev.havenkeep.web.Patch;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

/** Realms, their settings, signing keys and events over HTTP. */
@RestController
@RequestMapping("/api/v1")
class RealmController {

    private final Realms realms;
    private final RealmKeys keys;
    private final RealmEvents events;
    private final ApplicationEventPublisher publisher;

    RealmController(Realms realms, RealmKeys keys, RealmEvents events, ApplicationEventPublisher publisher) {
        this.realms = realms;
        this.keys = keys;
        this.events = events;
        this.publisher = publisher;
    }

    /**
     * A realm to make.
     *
     * @param name its part in addresses: 1 to 40 lower-case letters, digits and hyphens; it never changes
     * @param displayName what people read on its pages, 1 to 100 characters; the name when absent
     * @param host a host of its own that is its issuer, for example auth.example.com; at most 253 characters
     * @param database a PostgreSQL database for it; when absent it is kept beside the installation's own
     */
    record NewRealm(
            RealmName name,
            @Nullable String displayName,
            @Nullable String host,
            @Nullable PostgresqlAccess database) {}

    /**
     * What to change about a realm; members that are absent stay as they are.
     *
     * @param displayName what people read on its pages, 1 to 100 characters
     * @param host the host that is its issuer, at most 253 characters; null for the path on the platform's own address
     * @param signUp who may make an account
     * @param passwords what a new password must be
     * @param lifetimes how long what it gives out is good for
     * @param branding how its pages look
     * @param language the language of its pages when the browser wants none that they have, at most 11 characters
     * @param algorithm how it signs, unless a client says otherwise
     */
    record RealmChange(
            Patch<String> displayName,
            Patch<String> host,
            Patch<RealmSettings.SignUp> signUp,
            Patch<RealmSettings.Passwords> passwords,
            Patch<RealmSettings.Lifetimes> lifetimes,
            Patch<RealmSettings.Branding> branding,
            Patch<String> language,
            Patch<SigningAlgorithm> algorithm) {}

    /**
     * A realm.
     *
     * @param name its part in addresses
     * @param host the host of its own that is its issuer, if it has one
     * @param issuer what its tokens say as iss, and where its discovery document is
     * @param displayName what people read on its pages
     * @param signUp who may make an account
     * @param passwords what a new password must be
     * @param lifetimes how long what it gives out is good for
     * @param branding how its pages look
     * @param language the language of its pages when the browser wants none that they have
     * @param algorithm how it signs, unless a client says otherwise
     */
    record RealmInfo(
            RealmId id,
            TeamId teamId,
            RealmName name,
            @Nullable String host,
            String issuer,
            String displayName,
            RealmSettings.SignUp signUp,
            RealmSettings.Passwords passwords,
            RealmSettings.Lifetimes lifetimes,
            RealmSettings.Branding branding,
            String language,
            SigningAlgorithm algorithm,
            long version,
            Instant createdAt) {}

    /**
     * A key that signs a realm's tokens.
     *
     * @param id what tokens and the JWK set call it (kid)
     * @param algorithm what it signs with
     * @param signsFrom from when on tokens may be signed with it
     * @param signsUntil when another takes its place, if that is settled
     * @param publishedUntil how long its public part stays known after that
     */
    record SigningKeyInfo(
            String id,
            SigningAlgorithm algorithm,
            Instant createdAt,
            Instant signsFrom,
            @Nullable Instant signsUntil,
            @Nullable Instant publishedUntil) {

        private static SigningKeyInfo of(SigningKey key) {
            return new SigningKeyInfo(
                    key.id(),
                    key.algorithm(),
                    key.createdAt(),
                    key.signsFrom(),
                    key.signsUntil(),
                    key.publishedUntil());
        }
    }

    /**
     * Every key of a realm whose tokens may be met.
     *
     * @param items oldest first
     */
    record SigningKeyList(List<SigningKeyInfo> items) {}

    /**
     * Which kind of key to replace.
     *
     * @param algorithm what it signs with
     */
    record KeyRotation(SigningAlgorithm algorithm) {}

    /** Lists the team's realms, oldest first. */
    @GetMapping("/teams/{team}/realms")
    Page<RealmInfo> listRealms(
            @PathVariable TeamId team,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return realms.list(team, Paging.of(limit, cursor)).map(this::info);
    }

    /** Creates a realm with a store of its own. */
    @PostMapping("/teams/{team}/realms")
    ResponseEntity<RealmInfo> createRealm(@PathVariable TeamId team, @RequestBody NewRealm body) {
        String displayName = body.displayName() == null ? body.name().value() : body.displayName();
        Realm created = realms.create(team, body.name(), RealmSettings.of(displayName), body.host(), body.database());
        RealmInfo info = info(created);
        return ResponseEntity.created(URI.create("/api/v1/realms/" + created.id()))
                .eTag(EntityTag.of(info.version()))
                .body(info);
    }

    /** Reads a realm and its settings. */
    @GetMapping("/realms/{realm}")
    ResponseEntity<RealmInfo> getRealm(@PathVariable RealmId realm) {
        return answer(realms.get(realm));
    }

    /** Changes a realm's host or settings. */
    @PatchMapping("/realms/{realm}")
    ResponseEntity<RealmInfo> updateRealm(
            @PathVariable RealmId realm,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestBody RealmChange body) {
        Realm before = realms.get(realm);
        Realms.Versioned settings = realms.versionedSettings(realm);
        EntityTag.check(ifMatch, version(before, settings));
        RealmSettings changed = changed(settings.settings(), body);
        Realm after = before;
        String host = body.host().orKeepOrClear(before.host());
        if (!Objects.equals(host, before.host())) {
            after = realms.changeHost(before, host);
        }
        if (!changed.equals(settings.settings())) {
            realms.changeSettings(after, changed, settings.version());
        }
        return answer(after);
    }

    /** Deletes a realm with everybody and everything in it. */
    @DeleteMapping("/realms/{realm}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void deleteRealm(@PathVariable RealmId realm) {
        realms.delete(realms.get(realm));
    }

    /** Lists a realm's signing keys, oldest first. */
    @GetMapping("/realms/{realm}/signing-keys")
    SigningKeyList listSigningKeys(@PathVariable RealmId realm) {
        return new SigningKeyList(
                keys.published(realm).stream().map(SigningKeyInfo::of).toList());
    }

    /** Replaces a signing key at once; its tokens stay valid. */
    @PostMapping("/realms/{realm}/signing-keys")
    @ResponseStatus(HttpStatus.CREATED)
    SigningKeyInfo rotateSigningKey(@PathVariable RealmId realm, @RequestBody KeyRotation body) {
        Realm owner = realms.get(realm);
        SigningKey made = keys.rotate(realm, body.algorithm());
        publisher.publishEvent(new Audited(
                "signing-key.rotated",
                owner.teamId() == null ? null : Scope.of(owner.teamId()),
                "realm",
                realm.value(),
                owner.name().value(),
                Map.of("algorithm", body.algorithm().name(), "key", made.id())));
        return SigningKeyInfo.of(made);
    }

    /**
     * Lists what happened at a realm's door, the newest first.
     *
     * @param kind only this kind of event, for example sign-in; at most 50 characters
     * @param success only what came about, or only what did not
     * @param user only what was about this user
     * @param client only what was asked for by the client with this client_id; at most 100 characters
     */
    @GetMapping("/realms/{realm}/events")
    Page<AuthEvent> listRealmEvents(
            @PathVariable RealmId realm,
            @RequestParam(required = false) @Nullable String kind,
            @RequestParam(required = false) @Nullable Boolean success,
            @RequestParam(required = false) @Nullable UserId user,
            @RequestParam(required = false) @Nullable String client,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        RealmEvents.Filter filter = new RealmEvents.Filter(
                Limits.text("kind", kind, 50), success, user, Limits.text("client", client, 100));
        return events.list(realm, filter, Paging.of(limit, cursor));
    }

    private static RealmSettings changed(RealmSettings before, RealmChange body) {
        return new RealmSettings(
                body.displayName().orKeep(before.displayName()),
                body.signUp().orKeep(before.signUp()),
                body.passwords().orKeep(before.passwords()),
                body.lifetimes().orKeep(before.lifetimes()),
                body.branding().orKeep(before.branding()),
                body.language().orKeep(before.language()),
                body.algorithm().orKeep(before.algorithm()));
    }

    private ResponseEntity<RealmInfo> answer(Realm realm) {
        RealmInfo info = info(realm);
        return ResponseEntity.ok().eTag(EntityTag.of(info.version())).body(info);
    }

    private RealmInfo info(Realm realm) {
        Realms.Versioned versioned = realms.versionedSettings(realm.id());
        RealmSettings settings = versioned.settings();
        return new RealmInfo(
                realm.id(),
                Objects.requireNonNull(realm.teamId()),
                realm.name(),
                realm.host(),
                realms.issuer(realm),
                settings.displayName(),
                settings.signUp(),
                settings.passwords(),
                settings.lifetimes(),
                settings.branding(),
                settings.language(),
                settings.algorithm(),
                version(realm, versioned),
                realm.createdAt());
    }

    /** Both only grow, so their sum is another one whichever changes. */
    private static long version(Realm realm, Realms.Versioned settings) {
        return realm.version() + settings.version();
    }
}
