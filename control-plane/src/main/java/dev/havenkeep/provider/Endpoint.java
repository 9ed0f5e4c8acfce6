package dev.havenkeep.provider;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** What answers one method and path below an issuer. */
@FunctionalInterface
interface Endpoint {

    /** Answers the request, or throws a refusal that {@link RealmFilter} tells. */
    void answer(HttpServletRequest request, HttpServletResponse response) throws IOException;
}
