package dev.havenkeep.pages.view;

import dev.havenkeep.pages.WebLink;
import org.jspecify.annotations.Nullable;

/**
 * The application on whose behalf a page is shown (OpenID Connect Dynamic Client Registration 1.0, section 2).
 *
 * @param name {@code client_name}, or else {@code client_id}
 * @param logo {@code logo_uri}
 * @param home {@code client_uri}
 * @param policy {@code policy_uri}
 * @param terms {@code tos_uri}
 */
public record ClientSummary(
        String name,
        @Nullable WebLink logo,
        @Nullable WebLink home,
        @Nullable WebLink policy,
        @Nullable WebLink terms) {

    /** A client of which only the name is known. */
    public static ClientSummary named(String name) {
        return new ClientSummary(name, null, null, null, null);
    }
}
