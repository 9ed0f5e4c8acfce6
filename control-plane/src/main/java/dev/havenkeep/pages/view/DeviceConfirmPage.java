package dev.havenkeep.pages.view;

import java.util.List;

/**
 * Whether it is this person's device that asks (RFC 8628 section 5.4). Posts {@link #CODE_FIELD},
 * {@link ConsentPage#SCOPE_FIELD} for each scope and {@link #DECISION_FIELD} ({@link ConsentPage#ALLOW} or
 * {@link ConsentPage#DENY}) to {@link #PATH}.
 *
 * @param code to be compared with the device's
 */
public record DeviceConfirmPage(
        ClientSummary client, AccountSummary account, String code, List<RequestedScope> requested) implements Page {

    public static final String PATH = "/device/confirm";
    public static final String CODE_FIELD = "user_code";
    public static final String DECISION_FIELD = "decision";

    public DeviceConfirmPage {
        requested = List.copyOf(requested);
    }
}
