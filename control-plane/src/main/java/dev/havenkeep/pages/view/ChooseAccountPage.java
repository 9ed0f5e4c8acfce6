package dev.havenkeep.pages.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which of the accounts in this browser to go on with ({@code prompt=select_account}). Posts {@link #ACCOUNT_FIELD},
 * a choice's handle or {@link #OTHER}, to {@link #PATH}.
 */
public record ChooseAccountPage(@Nullable ClientSummary client, List<Choice> choices) implements Page {

    public static final String PATH = "/sign-in/account";
    public static final String ACCOUNT_FIELD = "account";
    /** Neither of them: to sign in anew. */
    public static final String OTHER = "other";

    /**
     * One account.
     *
     * @param handle what the form posts for it
     * @param signedIn whether its session still holds; else it has to sign in again
     */
    public record Choice(String handle, AccountSummary account, boolean signedIn) {}

    public ChooseAccountPage {
        choices = List.copyOf(choices);
    }
}
