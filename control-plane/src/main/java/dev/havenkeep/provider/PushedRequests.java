package dev.havenkeep.provider;

import dev.havenkeep.credentials.RandomText;
import dev.havenkeep.kernel.Json;
import dev.havenkeep.realms.RealmDatabase;
import dev.havenkeep.realms.Realms;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;

/** Authorization requests that were handed over before the browser comes (RFC 9126); each is good for one use. */
@Component
class PushedRequests {

    /** How long the browser may take to come. */
    static final Duration LIFETIME = Duration.ofSeconds(90);

    private static final String PREFIX = "urn:ietf:params:oauth:request_uri:";
    /** What a browser posted itself is no client's word. */
    private static final String BY_BROWSER = "browser.";

    private static final TypeReference<Map<String, String[]>> PARAMETERS = new TypeReference<>() {};

    private final Realms realms;
    private final Json json;
    private final InstantSource clock;

    PushedRequests(Realms realms, Json json, InstantSource clock) {
        this.realms = realms;
        this.json = json;
        this.clock = clock;
    }

    /**
     * A request that was handed over.
     *
     * @param byClient whether the client did it, and proved that it was the client
     */
    record Pushed(Map<String, String[]> parameters, boolean byClient) {}

    /** Whether a {@code request_uri} has the form of ours. */
    static boolean isOurs(String requestUri) {
        return requestUri.startsWith(PREFIX);
    }

    /** Keeps a request; answers its {@code request_uri}. */
    String keep(RealmContext context, String clientId, Map<String, String[]> parameters, boolean byClient) {
        String name = (byClient ? "" : BY_BROWSER) + RandomText.next();
        database(context)
                .write("""
                        INSERT INTO {realm}.pushed_requests (hash, client_id, parameters, expires_at)
                        VALUES (:hash, :client, :parameters, :expires)""")
                .param("hash", RandomText.hash(name))
                .param("client", clientId)
                .param("parameters", json.write(new LinkedHashMap<>(parameters)))
                .param("expires", clock.instant().plus(LIFETIME).toEpochMilli())
                .update();
        return PREFIX + name;
    }

    /** Takes a request for its one use. */
    Optional<Pushed> take(RealmContext context, String clientId, String requestUri) {
        String name = requestUri.substring(PREFIX.length());
        return database(context)
                .write("""
                        DELETE FROM {realm}.pushed_requests
                        WHERE hash = :hash AND client_id = :client AND expires_at > :now
                        RETURNING parameters""")
                .param("hash", RandomText.hash(name))
                .param("client", clientId)
                .param("now", clock.millis())
                .query(String.class)
                .optional()
                .map(parameters -> new Pushed(json.read(parameters, PARAMETERS), !name.startsWith(BY_BROWSER)));
    }

    private RealmDatabase database(RealmContext context) {
        return realms.database(context.id());
    }
}
