package dev.havenkeep.pages;

import dev.havenkeep.kernel.Secret;
import dev.havenkeep.pages.view.AccountPage;
import dev.havenkeep.pages.view.AccountSummary;
import dev.havenkeep.pages.view.ChooseAccountPage;
import dev.havenkeep.pages.view.ClientSummary;
import dev.havenkeep.pages.view.ConfirmAccountPage;
import dev.havenkeep.pages.view.ConfirmSignOutPage;
import dev.havenkeep.pages.view.ConnectionButton;
import dev.havenkeep.pages.view.ConsentPage;
import dev.havenkeep.pages.view.DeleteAccountPage;
import dev.havenkeep.pages.view.DeviceCodePage;
import dev.havenkeep.pages.view.DeviceConfirmPage;
import dev.havenkeep.pages.view.DeviceDonePage;
import dev.havenkeep.pages.view.EmailCodePage;
import dev.havenkeep.pages.view.ErrorPage;
import dev.havenkeep.pages.view.FormError;
import dev.havenkeep.pages.view.FormErrors;
import dev.havenkeep.pages.view.FormPostPage;
import dev.havenkeep.pages.view.NewPasswordPage;
import dev.havenkeep.pages.view.Occasion;
import dev.havenkeep.pages.view.OnwardPage;
import dev.havenkeep.pages.view.Page;
import dev.havenkeep.pages.view.PasskeyCeremony;
import dev.havenkeep.pages.view.PasskeyOfferPage;
import dev.havenkeep.pages.view.ProofPage;
import dev.havenkeep.pages.view.RecoveryCodesPage;
import dev.havenkeep.pages.view.RecoverySentPage;
import dev.havenkeep.pages.view.RecoveryStartPage;
import dev.havenkeep.pages.view.RequestedScope;
import dev.havenkeep.pages.view.SecondFactorPage;
import dev.havenkeep.pages.view.SetUpTotpPage;
import dev.havenkeep.pages.view.SignInPage;
import dev.havenkeep.pages.view.SignUpPage;
import dev.havenkeep.pages.view.SignedOutPage;
import dev.havenkeep.pages.view.VerifyEmailPage;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Every page in every shape that it takes, by name. Each text that a person, a client or an operator could have written
 * goes through {@code written}, so that a test can make it hostile.
 */
final class SamplePages {

    private static final Instant NOW = Instant.parse("2026-03-04T09:05:00Z");
    private static final WebLink LOGO = new WebLink("https://shop.example/logo.svg");

    private final UnaryOperator<String> written;
    private final AccountSummary mara;
    private final ClientSummary shop;
    private final List<ConnectionButton> connections;
    private final List<RequestedScope> scopes;

    private SamplePages(UnaryOperator<String> written) {
        this.written = written;
        this.mara = new AccountSummary(text("Mara Lindqvist"), text("mara@example.com"));
        this.shop = new ClientSummary(
                text("Corner Shop"),
                LOGO,
                new WebLink("https://shop.example/"),
                new WebLink("https://shop.example/privacy"),
                new WebLink("https://shop.example/terms"));
        this.connections = List.of(
                new ConnectionButton("google", text("Google"), ConnectionButton.Icon.GOOGLE),
                new ConnectionButton("github", text("GitHub"), ConnectionButton.Icon.GITHUB),
                new ConnectionButton("microsoft", text("Microsoft"), ConnectionButton.Icon.MICROSOFT),
                new ConnectionButton("apple", text("Apple"), ConnectionButton.Icon.APPLE),
                new ConnectionButton("works", text("Harbour Works"), ConnectionButton.Icon.OTHER));
        this.scopes = List.of(
                new RequestedScope("profile", null),
                new RequestedScope("email", null),
                new RequestedScope("offline_access", null),
                new RequestedScope(text("orders:read"), text("see your orders")),
                new RequestedScope(text("orders:write"), null));
    }

    /** As in life. */
    static SequencedMap<String, Page> all() {
        return all(UnaryOperator.identity());
    }

    /** With every written text as somebody else would have it. */
    static SequencedMap<String, Page> all(UnaryOperator<String> written) {
        return new SamplePages(written).pages();
    }

    /** A realm without any branding, on a path. */
    static PageContext plain(Language language) {
        return PageContext.of(
                Brand.plain("Harbour"),
                language,
                FormContext.of("/realms/shop", "csrf-1").carrying("interaction", "7f3"));
    }

    /** A realm with everything set, on its own domain. */
    static PageContext branded(Language language, UnaryOperator<String> written) {
        Brand brand = new Brand(
                written.apply("Harbour"),
                new Brand.Logo(
                        new WebLink("https://cdn.example/logo.svg"), new WebLink("https://cdn.example/logo-dark.svg")),
                new Colour("#ffcc00"),
                new Brand.Texts(
                        written.apply("One account for everything at the harbour"), written.apply("Harbour Ltd.")),
                new Brand.Links(
                        new WebLink("https://harbour.example/terms"), new WebLink("https://harbour.example/privacy")));
        FormContext forms = FormContext.of("", written.apply("csrf-1"))
                .carrying("interaction", written.apply("7f3"))
                .leadingTo(FormDestination.of("https://shop.example/callback"))
                .leadingTo(FormDestination.of("com.example.shop:/callback"));
        return PageContext.of(brand, language, forms)
                .impersonated(new Impersonation(written.apply("Mara Lindqvist"), written.apply("Olu Adeyemi")))
                .noting(Notice.PROFILE_SAVED);
    }

    private SequencedMap<String, Page> pages() {
        SequencedMap<String, Page> pages = new LinkedHashMap<>();
        pages.put("sign-in", signIn("", request(), FormErrors.none()));
        pages.put(
                "sign-in-wrong",
                signIn("mara@example.com", request(), FormErrors.of(FormError.of(FormError.Kind.WRONG_CREDENTIALS))));
        pages.put("sign-in-least", signInWith(new SignInPage.Offers(true, true, false, null, false, links(false))));
        pages.put("sign-in-by-code", signInWith(new SignInPage.Offers(false, false, true, null, true, links(true))));
        pages.put(
                "choose-account",
                new ChooseAccountPage(
                        shop,
                        List.of(
                                new ChooseAccountPage.Choice(text("h1"), mara, true),
                                new ChooseAccountPage.Choice(
                                        text("h2"),
                                        new AccountSummary(text("m@work.example"), text("m@work.example")),
                                        false))));
        pages.put("confirm-account", new ConfirmAccountPage(shop, text("h1"), mara));
        pages.put("email-code", new EmailCodePage(text("mara@example.com"), FormErrors.none()));
        pages.put(
                "email-code-wrong",
                new EmailCodePage(
                        text("mara@example.com"),
                        FormErrors.of(FormError.in(EmailCodePage.CODE_FIELD, FormError.Kind.CODE_WRONG))));
        for (SecondFactorPage.Method method : SecondFactorPage.Method.values()) {
            pages.put(
                    "second-factor-" + method.code(),
                    new SecondFactorPage(
                            method, EnumSet.allOf(SecondFactorPage.Method.class), request(), FormErrors.none()));
        }
        pages.put("set-up-totp", setUpTotp(Occasion.SIGN_IN));
        pages.put("set-up-totp-account", setUpTotp(Occasion.ACCOUNT));
        pages.put(
                "recovery-codes",
                new RecoveryCodesPage(
                        Occasion.SIGN_IN,
                        IntStream.range(0, 10)
                                .mapToObj(i -> Secret.of(text("k7w%d-m2q%d".formatted(i, 9 - i))))
                                .toList(),
                        FormErrors.none()));
        pages.put(
                "passkey-offer",
                new PasskeyOfferPage(Occasion.SIGN_IN, creation(), text("Firefox on Linux"), true, FormErrors.none()));
        pages.put("sign-up", signUp(null, FormErrors.none()));
        pages.put("sign-up-invited", signUp(new SignUpPage.Invitation(text("Pilots")), FormErrors.none()));
        pages.put(
                "sign-up-wrong",
                signUp(
                        null,
                        FormErrors.of(
                                FormError.in(SignUpPage.EMAIL_FIELD, FormError.Kind.EMAIL_INVALID),
                                FormError.in(
                                        SignUpPage.PASSWORD_FIELD, FormError.Kind.PASSWORD_TOO_SHORT, "least", "12"),
                                FormError.in(SignUpPage.TERMS_FIELD, FormError.Kind.TERMS_REQUIRED))));
        pages.put(
                "verify-email",
                new VerifyEmailPage(VerifyEmailPage.Reason.SIGN_UP, text("mara@example.com"), FormErrors.none()));
        pages.put("recovery-start", new RecoveryStartPage(text(""), FormErrors.none()));
        pages.put("recovery-sent", new RecoverySentPage(text("mara@example.com"), FormErrors.none()));
        pages.put(
                "new-password",
                new NewPasswordPage(NewPasswordPage.Reason.RECOVERY, text("mara@example.com"), 12, FormErrors.none()));
        pages.put("onward", new OnwardPage("https://shop.example/callback?code=c0de&state=st4te"));
        pages.put("consent", new ConsentPage(shop, mara, scopes, List.of(), null));
        pages.put(
                "consent-resource",
                new ConsentPage(
                        ClientSummary.named(text("Corner Shop")),
                        mara,
                        scopes.subList(3, 5),
                        scopes.subList(0, 2),
                        text("https://api.shop.example")));
        pages.put("device-code", new DeviceCodePage(text("WDJB-MJHT"), FormErrors.none()));
        pages.put("device-confirm", new DeviceConfirmPage(shop, mara, text("WDJB-MJHT"), scopes));
        pages.put("device-done", new DeviceDonePage(shop, true));
        pages.put("device-denied", new DeviceDonePage(shop, false));
        pages.put("confirm-sign-out", new ConfirmSignOutPage(mara, shop));
        pages.put("signed-out", new SignedOutPage(shop));
        pages.put("proof-linking", proof(text("Google"), ProofPage.Code.OFFERED));
        pages.put("proof-sent", proof(null, ProofPage.Code.SENT));
        pages.put("account", account());
        pages.put("account-least", leastAccount());
        pages.put("delete-account", new DeleteAccountPage(mara, FormErrors.none()));
        pages.put(
                "error",
                new ErrorPage(
                        ErrorPage.Kind.APPLICATION_AT_FAULT,
                        text("redirect_uri: is not one of the client's"),
                        text("0197-ab"),
                        null));
        pages.put(
                "error-back",
                new ErrorPage(
                        ErrorPage.Kind.EXPIRED, null, text("0197-ab"), new WebLink("https://shop.example/start")));
        SequencedMap<String, String> parameters = new LinkedHashMap<>();
        parameters.put("code", text("c0de"));
        parameters.put("state", text("st4te"));
        pages.put("form-post", new FormPostPage("https://shop.example:8443/callback?x=1", parameters));
        return pages;
    }

    private SignInPage signIn(String identifier, @Nullable PasskeyCeremony passkey, FormErrors errors) {
        return new SignInPage(
                shop,
                identifier.isEmpty() ? "" : text(identifier),
                new SignInPage.Offers(false, true, true, passkey, true, links(true)),
                connections,
                errors);
    }

    private SignInPage signInWith(SignInPage.Offers offers) {
        return new SignInPage(null, text("mara"), offers, List.of(), FormErrors.none());
    }

    private static SignInPage.Links links(boolean offered) {
        return new SignInPage.Links(offered, offered);
    }

    private SetUpTotpPage setUpTotp(Occasion occasion) {
        return new SetUpTotpPage(
                occasion,
                Secret.of(
                        "otpauth://totp/Harbour:mara@example.com?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Harbour"),
                Secret.of(text("JBSW Y3DP EHPK 3PXP JBSW Y3DP EHPK 3PXP")),
                false,
                FormErrors.none());
    }

    private SignUpPage signUp(SignUpPage.@Nullable Invitation invitation, FormErrors errors) {
        return new SignUpPage(
                text("mara@example.com"),
                text("Mara Lindqvist"),
                invitation,
                new SignUpPage.Rules(true, 12, true),
                invitation == null ? connections.subList(0, 2) : List.of(),
                errors);
    }

    private ProofPage proof(@Nullable String connection, ProofPage.Code code) {
        return new ProofPage(connection, text("mara@example.com"), true, code, FormErrors.none());
    }

    private AccountPage account() {
        return new AccountPage(
                new AccountPage.Profile(text("Mara Lindqvist"), text("mara@example.com"), true),
                new AccountPage.Security(
                        new AccountPage.Password(true, 12),
                        true,
                        7,
                        true,
                        List.of(
                                new AccountPage.Passkey(text("p1"), text("Phone"), NOW, NOW.plusSeconds(86_400)),
                                new AccountPage.Passkey(text("p2"), text("Security key"), NOW, null))),
                List.of(
                        new AccountPage.Session(text("s1"), text("Firefox on Linux"), text("192.0.2.7"), NOW, true),
                        new AccountPage.Session(text("s2"), text("Safari on iPhone"), text("2001:db8::7"), NOW, false)),
                new AccountPage.Identities(
                        List.of(new AccountPage.Identity(text("i1"), connections.getFirst(), text("mara@gmail.com"))),
                        connections.subList(1, 3)),
                FormErrors.none());
    }

    private AccountPage leastAccount() {
        return new AccountPage(
                new AccountPage.Profile(text("Mara Lindqvist"), text("mara@example.com"), false),
                new AccountPage.Security(new AccountPage.Password(false, 12), false, null, true, List.of()),
                List.of(new AccountPage.Session(text("s1"), text("Firefox on Linux"), text("192.0.2.7"), NOW, true)),
                new AccountPage.Identities(List.of(), List.of()),
                FormErrors.of(FormError.in(AccountPage.NAME_FIELD, FormError.Kind.NAME_INVALID)));
    }

    private PasskeyCeremony request() {
        return new PasskeyCeremony(
                "{\"challenge\":\"AAECAwQFBgc\",\"rpId\":\"localhost\",\"userVerification\":\"required\",\"x\":\""
                        + text("quoted").replace("\\", "\\\\").replace("\"", "\\\"")
                        + "\"}");
    }

    private static PasskeyCeremony creation() {
        return new PasskeyCeremony(
                "{\"challenge\":\"AAECAwQFBgc\",\"rp\":{\"id\":\"localhost\",\"name\":\"Harbour\"},\"user\":{\"id\":\"AQ\",\"name\":\"mara@example.com\","
                        + "\"displayName\":\"Mara\"},\"pubKeyCredParams\":[{\"type\":\"public-key\",\"alg\":-7}],"
                        + "\"authenticatorSelection\":{\"residentKey\":\"required\",\"userVerification\":\"required\"}}");
    }

    private String text(String usual) {
        return written.apply(usual);
    }
}
