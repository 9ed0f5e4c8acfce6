package dev.havenkeep.pages.view;

import dev.havenkeep.pages.FormDestination;

/**
 * Takes a person on without their doing, by a refresh that needs no script and with a link beside it. It is the answer
 * to a form whose way leads out of the realm: browsers hold every redirect that follows a form, the client's own
 * included, against the form's page ({@code form-action}), and this ends that chain.
 *
 * @param address where to: an absolute address, of the web or of a native application
 */
public record OnwardPage(String address) implements Page {

    /** @throws dev.havenkeep.kernel.ProblemException 422 when it is no such address, for example a script */
    public OnwardPage {
        FormDestination.of(address);
    }
}
