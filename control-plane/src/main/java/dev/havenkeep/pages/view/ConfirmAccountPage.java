package dev.havenkeep.pages.view;

import org.jspecify.annotations.Nullable;

/**
 * Whether to go on with the account that is signed in. Posts {@link ChooseAccountPage#ACCOUNT_FIELD}, the handle or
 * {@link ChooseAccountPage#OTHER}, to {@link ChooseAccountPage#PATH}.
 */
public record ConfirmAccountPage(@Nullable ClientSummary client, String handle, AccountSummary account)
        implements Page {}
