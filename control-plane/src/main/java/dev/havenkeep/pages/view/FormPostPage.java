package dev.havenkeep.pages.view;

import dev.havenkeep.pages.FormDestination;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * Takes an authorization response to the client by a form that sends itself, or by a button where scripts are off
 * (OAuth 2.0 Form Post Response Mode, section 2). Posts the parameters to the redirect URI, and nothing of ours.
 *
 * @param redirectUri the client's, http or https, already checked against its registration
 */
public record FormPostPage(String redirectUri, SequencedMap<String, String> parameters) implements Page {

    /** @throws IllegalArgumentException when no form can be posted there */
    public FormPostPage {
        if (!FormDestination.of(redirectUri).source().startsWith("http")) {
            throw new IllegalArgumentException("A form is posted over http or https only");
        }
        parameters = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(parameters));
    }

    /** Where the form leads. */
    public FormDestination destination() {
        return FormDestination.of(redirectUri);
    }
}
