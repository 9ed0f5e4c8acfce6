package dev.havenkeep.connections;

import java.net.URI;

/**
 * Where the well-known providers are. The product only ever uses {@link #PUBLIC}; a laboratory has its own.
 *
 * @param google Google's issuer
 * @param github GitHub's site
 * @param githubApi GitHub's API
 * @param microsoft Microsoft's authority, above its tenants
 * @param apple Apple's issuer
 */
public record ProviderAddresses(String google, URI github, URI githubApi, String microsoft, String apple) {

    /** The real ones. */
    public static final ProviderAddresses PUBLIC = new ProviderAddresses(
            "https://accounts.google.com",
            URI.create("https://github.com"),
            URI.create("https://api.github.com"),
            "https://login.microsoftonline.com",
            "https://appleid.apple.com");
}
