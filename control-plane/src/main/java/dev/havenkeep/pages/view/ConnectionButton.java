package dev.havenkeep.pages.view;

/**
 * A way to sign in at another provider: a link to {@link #path}, which redirects there.
 *
 * @param name the connection's name in addresses
 * @param label its name for people, for example {@code Google}
 */
public record ConnectionButton(String name, String label, Icon icon) {

    /** The provider's own sign. */
    public enum Icon {
        GOOGLE,
        GITHUB,
        MICROSOFT,
        APPLE,
        OTHER
    }

    /** Below the realm's prefix: GET signs in; POST by somebody signed in links the identity to the account. */
    public String path() {
        return "/connections/" + name;
    }
}
