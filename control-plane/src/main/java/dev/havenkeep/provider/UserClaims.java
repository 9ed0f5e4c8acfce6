package dev.havenkeep.provider;

import dev.havenkeep.kernel.Json;
import dev.havenkeep.realms.RealmUser;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;

/** What tokens and the userinfo answer say of a user: by scope (OpenID Connect Core 1.0 section 5.4) or by name (5.5). */
@Component
class UserClaims {

    /** Claims that come with each scope, as discovery tells them. */
    static final Map<String, Set<String>> BY_SCOPE = Map.of(
            "profile",
                    Set.of(
                            "name",
                            "given_name",
                            "family_name",
                            "preferred_username",
                            "picture",
                            "locale",
                            "zoneinfo",
                            "updated_at"),
            "email", Set.of("email", "email_verified"));

    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private final Json json;

    UserClaims(Json json) {
        this.json = json;
    }

    /** Where claims go that a request names (section 5.5). */
    enum Place {
        USERINFO("userinfo"),
        ID_TOKEN("id_token");

        private final String member;

        Place(String member) {
            this.member = member;
        }
    }

    /** The claims by the granted scopes and those that the request names for this place. */
    Map<String, Object> of(RealmUser user, Set<String> scopes, AuthorizationRequest request, Place place) {
        Set<String> wanted = new HashSet<>(requested(request, place).keySet());
        // In the ID token too, although userinfo would do: most clients look nowhere else.
        BY_SCOPE.forEach((scope, names) -> {
            if (scopes.contains(scope)) {
                wanted.addAll(names);
            }
        });
        Map<String, Object> claims = new LinkedHashMap<>(all(user));
        claims.keySet().retainAll(wanted);
        return claims;
    }

    /** The claims that a request names for a place, each with what it says of it (null for nothing). */
    Map<String, @Nullable Object> requested(AuthorizationRequest request, Place place) {
        return request.parameter("claims")
                .map(this::parse)
                .map(all -> all.get(place.member))
                .map(UserClaims::object)
                .orElse(Map.of());
    }

    /** Reads the parameter; null when it is not a JSON object. */
    @Nullable
    Map<String, Object> parse(String text) {
        try {
            return json.read(text, OBJECT);
        } catch (JacksonException e) {
            return null;
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> object(Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, @Nullable Object>) map : Map.of();
    }

    private static Map<String, Object> all(RealmUser user) {
        Map<String, Object> claims = new LinkedHashMap<>();
        put(claims, "name", user.name());
        put(claims, "given_name", user.profile().givenName());
        put(claims, "family_name", user.profile().familyName());
        put(
                claims,
                "preferred_username",
                user.email() == null ? null : user.email().value());
        put(claims, "picture", user.profile().picture());
        put(claims, "locale", user.profile().locale());
        put(claims, "zoneinfo", user.profile().zone());
        put(claims, "updated_at", user.changedAt().getEpochSecond());
        if (user.email() != null) {
            put(claims, "email", user.email().value());
            put(claims, "email_verified", user.emailVerified());
        }
        return claims;
    }

    private static void put(Map<String, Object> claims, String name, @Nullable Object value) {
        if (value != null) {
            claims.put(name, value);
        }
    }
}
