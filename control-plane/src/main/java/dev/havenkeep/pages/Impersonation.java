package dev.havenkeep.pages;

/**
 * Somebody acts in somebody else's name; the page says so and offers to end it, by a POST to {@link #END_PATH}.
 *
 * @param user in whose name
 * @param actor who acts
 */
public record Impersonation(String user, String actor) {

    /** Where the banner's button posts to. */
    public static final String END_PATH = "/account/impersonation/end";
}
