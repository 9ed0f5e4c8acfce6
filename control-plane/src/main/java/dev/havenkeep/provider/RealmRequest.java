package dev.havenkeep.provider;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpSession;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A request as it is seen below a realm's issuer: scheme, host, port and context path are the issuer's as it is
 * configured, whatever the request's own headers say. It has no servlet session; a realm's sessions are its own.
 */
final class RealmRequest extends HttpServletRequestWrapper {

    private final URI issuer;
    private final String contextPath;
    private final String path;
    private final String address;

    /**
     * @param issuer the realm's issuer
     * @param path the path below it, as it was sent
     * @param address the client's address
     */
    RealmRequest(HttpServletRequest request, URI issuer, String path, String address) {
        super(request);
        this.issuer = issuer;
        this.contextPath = issuer.getRawPath();
        this.path = path;
        this.address = address;
    }

    /** The path below the issuer, as it was sent. */
    String path() {
        return path;
    }

    @Override
    public String getScheme() {
        return issuer.getScheme();
    }

    @Override
    public boolean isSecure() {
        return getScheme().equals("https");
    }

    @Override
    public String getServerName() {
        return issuer.getHost();
    }

    @Override
    public int getServerPort() {
        if (issuer.getPort() >= 0) {
            return issuer.getPort();
        }
        return isSecure() ? 443 : 80;
    }

    @Override
    public String getContextPath() {
        return contextPath;
    }

    @Override
    public String getRequestURI() {
        return contextPath + path;
    }

    @Override
    public StringBuffer getRequestURL() {
        return new StringBuffer(issuer + path);
    }

    @Override
    public String getServletPath() {
        return path;
    }

    @Override
    public @Nullable String getPathInfo() {
        return null;
    }

    @Override
    public String getRemoteAddr() {
        return address;
    }

    @Override
    public @Nullable HttpSession getSession(boolean create) {
        if (create) {
            throw new IllegalStateException("A realm's request has no servlet session");
        }
        return null;
    }

    @Override
    public HttpSession getSession() {
        throw new IllegalStateException("A realm's request has no servlet session");
    }
}
