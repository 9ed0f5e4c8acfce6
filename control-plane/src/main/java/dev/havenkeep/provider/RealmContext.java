package dev.havenkeep.provider;

import dev.havenkeep.credentials.Visit;
import dev.havenkeep.realms.Realm;
import dev.havenkeep.realms.RealmId;
import org.springframework.security.oauth2.server.authorization.context.AuthorizationServerContext;
import org.springframework.security.oauth2.server.authorization.context.AuthorizationServerContextHolder;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;

/**
 * The realm that a request is for, in the place where Spring's authorization server looks for its issuer.
 *
 * @param issuer its issuer (OpenID Connect Discovery 1.0 section 3), without a trailing slash
 * @param visit where the request comes from
 */
record RealmContext(Realm realm, String issuer, Visit visit) implements AuthorizationServerContext {

    private static final AuthorizationServerSettings SETTINGS =
            AuthorizationServerSettings.builder().build();

    /** The realm of the request that this thread is at work on. */
    static RealmContext current() {
        if (AuthorizationServerContextHolder.getContext() instanceof RealmContext context) {
            return context;
        }
        throw new IllegalStateException("No request for a realm is under way");
    }

    /** The realm's id. */
    RealmId id() {
        return realm.id();
    }

    /** The absolute address of a path below the issuer. */
    String url(String path) {
        return issuer + path;
    }

    @Override
    public String getIssuer() {
        return issuer;
    }

    @Override
    public AuthorizationServerSettings getAuthorizationServerSettings() {
        return SETTINGS;
    }
}
