package dev.havenkeep.provider;

import dev.havenkeep.kernel.UserId;
import dev.havenkeep.realms.RealmDatabase;
import dev.havenkeep.realms.RealmUser;
import dev.havenkeep.realms.RealmUsers;
import dev.havenkeep.realms.Realms;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Tells a client of the person whose access token it holds (OpenID Connect Core 1.0 section 5.3). */
@Component
class UserInfoEndpoint {

    private final Realms realms;
    private final AccessTokens accessTokens;
    private final GrantStore grants;
    private final RealmUsers users;
    private final UserClaims claims;
    private final KeyProofs proofs;
    private final OAuthErrors answers;

    UserInfoEndpoint(
            Realms realms,
            AccessTokens accessTokens,
            GrantStore grants,
            RealmUsers users,
            UserClaims claims,
            KeyProofs proofs,
            OAuthErrors answers) {
        this.realms = realms;
        this.accessTokens = accessTokens;
        this.grants = grants;
        this.users = users;
        this.claims = claims;
        this.proofs = proofs;
        this.answers = answers;
    }

    /** A token as it was sent (RFC 6750 section 2, RFC 9449 section 7.1). */
    private record Sent(String token, boolean withProof) {}

    void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        RealmContext context = RealmContext.current();
        Sent sent = sent(request);
        if (sent == null) {
            response.setHeader("WWW-Authenticate", "Bearer");
            response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
            return;
        }
        AccessTokens.Good good = accessTokens.verify(context, sent.token()).orElse(null);
        if (good == null) {
            refuse(response, 401, "invalid_token", "The access token is unknown, revoked or has expired");
            return;
        }
        String proofFault = proofs.fault(request, sent.token(), good, sent.withProof());
        if (proofFault != null) {
            refuse(response, 401, "invalid_token", proofFault);
            return;
        }
        if (!good.scopes().contains("openid")) {
            refuse(response, 403, "insufficient_scope", "The access token is not for the scope openid");
            return;
        }
        RealmDatabase realm = realms.database(context.id());
        Grant grant =
                good.grant() == null ? null : grants.find(realm, good.grant()).orElse(null);
        RealmUser user = grant == null
                ? null
                : users.find(context.id(), new UserId(grant.facts().user()))
                        .filter(found -> !found.blocked())
                        .orElse(null);
        if (grant == null || user == null) {
            refuse(response, 401, "invalid_token", "The access token is about nobody");
            return;
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("sub", user.id().value());
        body.putAll(claims.of(user, good.scopes(), grant.request(), UserClaims.Place.USERINFO));
        answers.body(response, body);
    }

    private static @Nullable Sent sent(HttpServletRequest request) {
        String header = request.getHeader("Authorization");
        if (header != null) {
            if (header.regionMatches(true, 0, "Bearer ", 0, 7)) {
                return new Sent(header.substring(7).strip(), false);
            }
            return header.regionMatches(true, 0, "DPoP ", 0, 5)
                    ? new Sent(header.substring(5).strip(), true)
                    : null;
        }
        String parameter = request.getMethod().equals("POST") && request.getQueryString() == null
                ? request.getParameter("access_token")
                : null;
        return parameter == null ? null : new Sent(parameter, false);
    }

    private void refuse(HttpServletResponse response, int status, String error, String reason) throws IOException {
        response.setHeader("WWW-Authenticate", "Bearer error=\"" + error + "\", error_description=\"" + reason + "\"");
        answers.write(response, status, error, reason);
    }
}
