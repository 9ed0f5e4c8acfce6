package dev.havenkeep.provider;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.ClaimAccessor;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2Token;
import org.springframework.security.oauth2.jwt.DPoPProofContext;
import org.springframework.security.oauth2.jwt.DPoPProofJwtDecoderFactory;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.stereotype.Component;

/** Proofs that whoever sends an access token has the key that it is bound to (DPoP, RFC 9449 section 7). */
@Component
class KeyProofs {

    private static final String HEADER = "DPoP";

    private final DPoPProofJwtDecoderFactory proofs = new DPoPProofJwtDecoderFactory();

    /** What is wrong with the proof; null when the token needs none, or the proof is good. */
    @Nullable
    String fault(HttpServletRequest request, String token, AccessTokens.Good good, boolean sent) {
        Object confirmation = good.claims().get("cnf");
        Object bound = confirmation instanceof Map<?, ?> cnf ? cnf.get("jkt") : null;
        if (bound == null) {
            return sent ? "The access token is not bound to a key" : null;
        }
        List<String> headers = Collections.list(request.getHeaders(HEADER));
        if (!sent || headers.size() != 1) {
            return "The access token is bound to a key: send it as DPoP, with one proof";
        }
        try {
            Jwt proof = proof(request, headers.getFirst(), new Presented(token, good.claims()));
            if (!(proof.getHeaders().get("jwk") instanceof Map<?, ?> key)
                    || !bound.equals(TokenGenerator.thumbprint(key))) {
                return "The proof is by another key than the access token is bound to";
            }
            return null;
        } catch (JwtException | IllegalArgumentException e) {
            return "The proof is not a good one";
        }
    }

    private Jwt proof(HttpServletRequest request, String proof, OAuth2Token token) {
        DPoPProofContext context = DPoPProofContext.withDPoPProof(proof)
                .accessToken(token)
                .method(request.getMethod())
                .targetUri(request.getRequestURL().toString())
                .build();
        return proofs.createDecoder(context).decode(proof);
    }

    /** The token as its sender holds it, with what it says of its key. */
    private record Presented(String getTokenValue, Map<String, Object> getClaims)
            implements OAuth2Token, ClaimAccessor {

        @Override
        public String toString() {
            return OAuth2AccessToken.TokenType.DPOP.getValue();
        }
    }
}
