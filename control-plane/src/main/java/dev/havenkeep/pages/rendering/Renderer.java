package dev.havenkeep.pages.rendering;

import dev.havenkeep.pages.Brand;
import dev.havenkeep.pages.Colour;
import dev.havenkeep.pages.Language;
import dev.havenkeep.pages.PageContext;
import dev.havenkeep.pages.RenderedPage;
import dev.havenkeep.pages.view.AccountPage;
import dev.havenkeep.pages.view.ChooseAccountPage;
import dev.havenkeep.pages.view.ConfirmAccountPage;
import dev.havenkeep.pages.view.ConfirmSignOutPage;
import dev.havenkeep.pages.view.ConsentPage;
import dev.havenkeep.pages.view.DeleteAccountPage;
import dev.havenkeep.pages.view.DeviceCodePage;
import dev.havenkeep.pages.view.DeviceConfirmPage;
import dev.havenkeep.pages.view.DeviceDonePage;
import dev.havenkeep.pages.view.EmailCodePage;
import dev.havenkeep.pages.view.ErrorPage;
import dev.havenkeep.pages.view.FormPostPage;
import dev.havenkeep.pages.view.NewPasswordPage;
import dev.havenkeep.pages.view.OnwardPage;
import dev.havenkeep.pages.view.Page;
import dev.havenkeep.pages.view.PasskeyOfferPage;
import dev.havenkeep.pages.view.ProofPage;
import dev.havenkeep.pages.view.RecoveryCodesPage;
import dev.havenkeep.pages.view.RecoverySentPage;
import dev.havenkeep.pages.view.RecoveryStartPage;
import dev.havenkeep.pages.view.SecondFactorPage;
import dev.havenkeep.pages.view.SetUpTotpPage;
import dev.havenkeep.pages.view.SignInPage;
import dev.havenkeep.pages.view.SignUpPage;
import dev.havenkeep.pages.view.SignedOutPage;
import dev.havenkeep.pages.view.VerifyEmailPage;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Finds a page's template and words, runs it, and adds the headers. */
public final class Renderer {

    private static final String TEMPLATES = "dev.havenkeep.pages.templates";
    /** How many colours are remembered before all are forgotten. */
    private static final int MOST_STYLES = 1000;

    private final TemplateEngine engine =
            TemplateEngine.createPrecompiled(null, ContentType.Html, Renderer.class.getClassLoader(), TEMPLATES);
    private final Map<Language, Words> words = new EnumMap<>(Language.class);
    private final Map<Colour, Style> styles = new ConcurrentHashMap<>();

    public Renderer() {
        for (Language language : Language.values()) {
            words.put(language, Words.in(language));
        }
    }

    public RenderedPage render(PageContext context, Page page) {
        String template = template(page);
        View<Page> view = new View<>(context, page, template, wordsOf(context.language()), styleOf(context.brand()));
        StringOutput html = new StringOutput();
        engine.render(template + ".jte", view, html);
        return new RenderedPage(html.toString(), Headers.of(view));
    }

    private Style styleOf(Brand brand) {
        if (styles.size() > MOST_STYLES) {
            styles.clear();
        }
        return styles.computeIfAbsent(brand.colour() == null ? Style.OWN : brand.colour(), Style::new);
    }

    private Words wordsOf(Language language) {
        Words found = words.get(language);
        if (found == null) {
            throw new IllegalStateException("No words in " + language);
        }
        return found;
    }

    private static String template(Page page) {
        return switch (page) {
            case AccountPage _ -> "account";
            case ChooseAccountPage _ -> "choose-account";
            case ConfirmAccountPage _ -> "confirm-account";
            case ConfirmSignOutPage _ -> "confirm-sign-out";
            case ConsentPage _ -> "consent";
            case DeleteAccountPage _ -> "delete-account";
            case DeviceCodePage _ -> "device-code";
            case DeviceConfirmPage _ -> "device-confirm";
            case DeviceDonePage _ -> "device-done";
            case EmailCodePage _ -> "email-code";
            case ErrorPage _ -> "error";
            case FormPostPage _ -> "form-post";
            case NewPasswordPage _ -> "new-password";
            case OnwardPage _ -> "onward";
            case PasskeyOfferPage _ -> "passkey-offer";
            case ProofPage _ -> "proof";
            case RecoveryCodesPage _ -> "recovery-codes";
            case RecoverySentPage _ -> "recovery-sent";
            case RecoveryStartPage _ -> "recovery-start";
            case SecondFactorPage _ -> "second-factor";
            case SetUpTotpPage _ -> "set-up-totp";
            case SignInPage _ -> "sign-in";
            case SignUpPage _ -> "sign-up";
            case SignedOutPage _ -> "signed-out";
            case VerifyEmailPage _ -> "verify-email";
        };
    }
}
