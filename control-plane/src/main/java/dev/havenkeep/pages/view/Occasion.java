package dev.havenkeep.pages.view;

/** Whether a factor is set up on the way in or by somebody who has been in for a while; the forms post accordingly. */
public enum Occasion {
    SIGN_IN("/sign-in/set-up"),
    ACCOUNT("/account/factors");

    private final String path;

    Occasion(String path) {
        this.path = path;
    }

    /** What the paths of its forms begin with. */
    public String path() {
        return path;
    }
}
