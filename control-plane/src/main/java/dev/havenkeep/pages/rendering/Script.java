package dev.havenkeep.pages.rendering;

import dev.havenkeep.pages.view.AccountPage;
import dev.havenkeep.pages.view.FormPostPage;
import dev.havenkeep.pages.view.NewPasswordPage;
import dev.havenkeep.pages.view.Page;
import dev.havenkeep.pages.view.PasskeyOfferPage;
import dev.havenkeep.pages.view.ProofPage;
import dev.havenkeep.pages.view.SecondFactorPage;
import dev.havenkeep.pages.view.SignInPage;
import dev.havenkeep.pages.view.SignUpPage;
import java.util.List;

/** The scripts of a page: each an enhancement, but for passkeys, which cannot be had without. */
public final class Script {

    private static final Inline PASSKEY = Inline.resource("passkey.js");
    private static final Inline REVEAL = Inline.resource("reveal.js");
    private static final Inline FORM_POST = Inline.resource("form-post.js");

    private final List<Inline> parts;

    private Script(List<Inline> parts) {
        this.parts = parts;
    }

    static Script of(Page page) {
        return new Script(
                switch (page) {
                    case SignInPage signIn ->
                        signIn.offers().passkey() == null ? List.of(REVEAL) : List.of(REVEAL, PASSKEY);
                    case SecondFactorPage factor ->
                        factor.shown() == SecondFactorPage.Method.PASSKEY ? List.of(PASSKEY) : List.of();
                    case PasskeyOfferPage _ -> List.of(PASSKEY);
                    case SignUpPage _, NewPasswordPage _, AccountPage _, ProofPage _ -> List.of(REVEAL);
                    case FormPostPage _ -> List.of(FORM_POST);
                    default -> List.of();
                });
    }

    /** What each script element holds. */
    public List<String> contents() {
        return parts.stream().map(Inline::content).toList();
    }

    /** As the policy names them. */
    List<String> sources() {
        return parts.stream().map(Inline::source).toList();
    }
}
