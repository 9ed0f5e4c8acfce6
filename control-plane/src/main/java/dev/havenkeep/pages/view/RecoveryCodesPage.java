package dev.havenkeep.pages.view;

import dev.havenkeep.kernel.Secret;
import java.util.List;

/** Recovery codes, shown this once. Posts {@link #KEPT_FIELD} ({@code on}) to {@link #path}. */
public record RecoveryCodesPage(Occasion occasion, List<Secret> codes, FormErrors errors) implements Page {

    /** The person says that the codes are in a safe place. */
    public static final String KEPT_FIELD = "kept";

    public RecoveryCodesPage {
        codes = List.copyOf(codes);
    }

    /** Where it posts to: {@code /sign-in/set-up/recovery-codes} or {@code /account/factors/recovery-codes/kept}. */
    public String path() {
        return path(occasion);
    }

    public static String path(Occasion occasion) {
        return switch (occasion) {
            case SIGN_IN -> occasion.path() + "/recovery-codes";
            case ACCOUNT -> occasion.path() + "/recovery-codes/kept";
        };
    }
}
