package dev.havenkeep.pages.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether an application may have what it asks for. Posts {@link #DECISION_FIELD} ({@link #ALLOW} or {@link #DENY})
 * and, for each scope, {@link #SCOPE_FIELD} to {@link #PATH}.
 *
 * @param granted scopes that the person has allowed before and that stay allowed
 * @param resource the API for whose data they are (RFC 8707); null when it is the account's own
 */
public record ConsentPage(
        ClientSummary client,
        AccountSummary account,
        List<RequestedScope> requested,
        List<RequestedScope> granted,
        @Nullable String resource)
        implements Page {

    public static final String PATH = "/consent";
    public static final String DECISION_FIELD = "decision";
    public static final String ALLOW = "allow";
    public static final String DENY = "deny";
    public static final String SCOPE_FIELD = "scope";

    public ConsentPage {
        requested = List.copyOf(requested);
        granted = List.copyOf(granted);
    }
}
