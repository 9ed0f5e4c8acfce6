package dev.havenkeep.connections;

import dev.havenkeep.kernel.Secret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A sign-in at an upstream that was started and has not come back. The caller keeps it sealed, under its state, bound to
 * the browser that started it, and takes it out once: whoever comes with the same state again finds nothing.
 *
 * @param connection the caller's name of the connection
 * @param client as whom it was started
 * @param callback where the provider sends the browser back to
 * @param guards what the answer must fit
 * @param issuer whom the answer must come from
 * @param startedAt when it was started
 */
public record PendingAuthorization(
        String connection, Client client, URI callback, Guards guards, Issuer issuer, Instant startedAt) {

    /** How long the person may take at the provider. */
    public static final Duration LIFETIME = Duration.ofMinutes(15);

    private static final String TENANT = "{tenantid}";
    private static final String UUID = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";

    public PendingAuthorization {
        startedAt = startedAt.truncatedTo(ChronoUnit.MILLIS);
    }

    /** As whom it was started. */
    public record Client(ConnectionKind kind, String id) {}

    /**
     * What the answer must fit.
     *
     * @param state ties the answer to the browser (RFC 6749 section 10.12)
     * @param nonce ties the ID token to this sign-in; none where there are no ID tokens
     * @param verifier ties the code to this sign-in (RFC 7636); none where the provider says that it cannot
     * @param maxAge how long ago the person may have signed in there at most
     */
    public record Guards(
            String state,
            @Nullable String nonce,
            @Nullable Secret verifier,
            @Nullable Duration maxAge) {

        @Override
        public String toString() {
            return "Guards[state=" + state + "]";
        }
    }

    /**
     * Whom the answer must come from (RFC 9207).
     *
     * @param value the issuer, with a place for the tenant's id where there are many; the origin of a provider that
     *     has no issuer
     * @param match how the answer's {@code iss} is compared
     * @param required whether the answer must have one
     */
    public record Issuer(String value, Match match, boolean required) {

        /** How it is compared. */
        public enum Match {
            EXACT,
            TENANT,
            ORIGIN
        }

        boolean matches(String iss) {
            return switch (match) {
                case EXACT -> value.equals(iss);
                case TENANT -> Pattern.matches(Pattern.quote(value).replace(TENANT, "\\E" + UUID + "\\Q"), iss);
                case ORIGIN -> iss.equals(value) || iss.startsWith(value + "/");
            };
        }
    }

    /** Whether it was started too long ago, or in the future. */
    boolean expired(Instant now) {
        return now.isAfter(startedAt.plus(LIFETIME)) || now.isBefore(startedAt.minus(LIFETIME));
    }

    /**
     * Makes sure that the connection still has the issuer with which the sign-in was started.
     *
     * @throws ConnectionException when its settings have changed meanwhile
     */
    void requireIssuer(String now) {
        if (!issuer.value().equals(now)) {
            throw new ConnectionException(
                    UpstreamFailure.Code.MIX_UP,
                    "The connection has become that of another issuer since the sign-in was started");
        }
    }

    /** For the caller's store alone, which seals it: what must stay secret is in it in the clear. */
    public String toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("connection", connection);
        json.put("kind", client.kind().wireName());
        json.put("clientId", client.id());
        json.put("callback", callback.toString());
        json.put("state", guards.state());
        json.put("nonce", guards.nonce());
        json.put(
                "verifier", guards.verifier() == null ? null : guards.verifier().reveal());
        json.put(
                "maxAgeSeconds",
                guards.maxAge() == null ? null : Long.valueOf(guards.maxAge().toSeconds()));
        json.put("issuer", issuer.value());
        json.put("issuerMatch", issuer.match().name());
        json.put("issuerRequired", issuer.required());
        json.put("startedAt", startedAt.toEpochMilli());
        return json.toString();
    }

    /**
     * Reads what {@link #toJson} wrote.
     *
     * @throws IllegalArgumentException when it is anything else
     */
    public static PendingAuthorization fromJson(String json) {
        Claims claims = Claims.parse(json.getBytes(StandardCharsets.UTF_8))
                .orElseThrow(() -> new IllegalArgumentException("Not a pending authorization"));
        String verifier = claims.text("verifier");
        return new PendingAuthorization(
                need(claims, "connection"),
                new Client(ConnectionKind.of(need(claims, "kind")), need(claims, "clientId")),
                URI.create(need(claims, "callback")),
                new Guards(
                        need(claims, "state"),
                        claims.text("nonce"),
                        verifier == null ? null : Secret.of(verifier),
                        claims.has("maxAgeSeconds") && claims.key("maxAgeSeconds") != null
                                ? Duration.ofSeconds(Long.parseLong(need(claims, "maxAgeSeconds")))
                                : null),
                new Issuer(
                        need(claims, "issuer"),
                        Issuer.Match.valueOf(need(claims, "issuerMatch")),
                        claims.truth("issuerRequired") == Claims.Truth.YES),
                Instant.ofEpochMilli(Long.parseLong(need(claims, "startedAt"))));
    }

    private static String need(Claims claims, String name) {
        String value = claims.key(name);
        if (value == null) {
            throw new IllegalArgumentException("A pending authorization without " + name);
        }
        return value;
    }
}
