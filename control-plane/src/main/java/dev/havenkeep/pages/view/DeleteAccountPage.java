package dev.havenkeep.pages.view;

/**
 * The last question before an account is deleted. Posts {@link #CONFIRMATION_FIELD}, the account's identifier as the
 * person typed it, to {@link #PATH}.
 */
public record DeleteAccountPage(AccountSummary account, FormErrors errors) implements Page {

    public static final String PATH = "/account/delete";
    public static final String CONFIRMATION_FIELD = "confirmation";
}
