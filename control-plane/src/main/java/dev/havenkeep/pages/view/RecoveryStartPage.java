package dev.havenkeep.pages.view;

/** Where people begin who cannot sign in. Posts {@link #IDENTIFIER_FIELD} to {@link #PATH}. */
public record RecoveryStartPage(String identifier, FormErrors errors) implements Page {

    public static final String PATH = "/recovery";
    public static final String IDENTIFIER_FIELD = "identifier";
}
