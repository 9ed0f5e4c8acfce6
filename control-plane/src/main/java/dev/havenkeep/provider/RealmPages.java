package dev.havenkeep.provider;

import dev.havenkeep.kernel.Caller;
import dev.havenkeep.pages.Brand;
import dev.havenkeep.pages.Colour;
import dev.havenkeep.pages.FormContext;
import dev.havenkeep.pages.FormDestination;
import dev.havenkeep.pages.Language;
import dev.havenkeep.pages.PageContext;
import dev.havenkeep.pages.Pages;
import dev.havenkeep.pages.RenderedPage;
import dev.havenkeep.pages.WebLink;
import dev.havenkeep.pages.view.AccountSummary;
import dev.havenkeep.pages.view.ClientSummary;
import dev.havenkeep.pages.view.ErrorPage;
import dev.havenkeep.pages.view.FormPostPage;
import dev.havenkeep.pages.view.Page;
import dev.havenkeep.realms.Client;
import dev.havenkeep.realms.RealmSettings;
import dev.havenkeep.realms.RealmUser;
import dev.havenkeep.realms.Realms;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/** Answers with pages: in the realm's brand, in the reader's language, with forms that belong to the reader's browser. */
@Component
class RealmPages {

    /** The field that carries the sign-in under way. */
    static final String INTERACTION = "i";

    private final Pages pages;
    private final Realms realms;
    private final SessionCookies cookies;

    RealmPages(Pages pages, Realms realms, SessionCookies cookies) {
        this.pages = pages;
        this.realms = realms;
        this.cookies = cookies;
    }

    /** A page of a sign-in under way. */
    void show(
            HttpServletRequest request,
            HttpServletResponse response,
            int status,
            @Nullable Interaction interaction,
            Page page)
            throws IOException {
        FormContext forms =
                FormContext.of(request.getContextPath(), SessionCookies.csrfToken(cookies.browser(request, response)));
        String locales = request.getParameter("ui_locales");
        if (interaction != null) {
            forms = forms.carrying(INTERACTION, interaction.id());
            AuthorizationRequest asked = interaction.errand().request();
            if (asked != null) {
                forms = forms.leadingTo(FormDestination.of(asked.redirectUri()));
                locales = asked.parameter("ui_locales").orElse(locales);
            }
        }
        write(request, response, status, forms, locales, page);
    }

    /** A page with fields of its own that its form carries. */
    void show(HttpServletRequest request, HttpServletResponse response, SequencedMap<String, String> carried, Page page)
            throws IOException {
        FormContext forms =
                FormContext.of(request.getContextPath(), SessionCookies.csrfToken(cookies.browser(request, response)));
        for (var field : carried.entrySet()) {
            forms = forms.carrying(field.getKey(), field.getValue());
        }
        write(request, response, HttpServletResponse.SC_OK, forms, request.getParameter("ui_locales"), page);
    }

    /** A page whose form belongs to nobody's session. */
    void formPost(
            HttpServletRequest request,
            HttpServletResponse response,
            String redirectUri,
            SequencedMap<String, String> parameters)
            throws IOException {
        write(
                request,
                response,
                HttpServletResponse.SC_OK,
                FormContext.of(request.getContextPath(), ""),
                null,
                new FormPostPage(redirectUri, parameters));
    }

    /** Says what went wrong. */
    void error(
            HttpServletRequest request,
            HttpServletResponse response,
            int status,
            ErrorPage.Kind kind,
            @Nullable String detail)
            throws IOException {
        write(
                request,
                response,
                status,
                FormContext.of(request.getContextPath(), ""),
                null,
                new ErrorPage(kind, detail, Caller.current().requestId(), null));
    }

    static ClientSummary summary(Client client) {
        return new ClientSummary(
                client.settings().name(), link(client.settings().logoUrl()), null, null, null);
    }

    static AccountSummary summary(RealmUser user) {
        String identifier = user.email() == null ? user.name() : user.email().value();
        return new AccountSummary(user.name().isBlank() ? identifier : user.name(), identifier);
    }

    private void write(
            HttpServletRequest request,
            HttpServletResponse response,
            int status,
            FormContext forms,
            @Nullable String locales,
            Page page)
            throws IOException {
        RealmSettings settings = realms.settings(RealmContext.current().id());
        Language realmsOwn = Language.of(settings.language().split("-", 2)[0]).orElse(Language.ENGLISH);
        Language language = Language.choose(locales, request.getHeader(HttpHeaders.ACCEPT_LANGUAGE), realmsOwn);
        RenderedPage rendered = pages.render(PageContext.of(brand(settings), language, forms), page);
        response.setStatus(status);
        rendered.headers().forEach(response::setHeader);
        if (!request.getMethod().equals("HEAD")) {
            response.getOutputStream().write(rendered.html().getBytes(StandardCharsets.UTF_8));
        }
    }

    private static Brand brand(RealmSettings settings) {
        RealmSettings.Branding branding = settings.branding();
        WebLink logo = link(branding.logoUrl());
        return new Brand(
                settings.displayName(),
                logo == null ? null : new Brand.Logo(logo, null),
                branding.primaryColour() == null ? null : new Colour(branding.primaryColour()),
                new Brand.Texts(branding.headline(), branding.footer()),
                new Brand.Links(link(branding.termsUrl()), link(branding.privacyUrl())));
    }

    private static @Nullable WebLink link(@Nullable String address) {
        return address == null ? null : new WebLink(address);
    }
}
