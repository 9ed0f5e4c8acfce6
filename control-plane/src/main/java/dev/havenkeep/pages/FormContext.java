package dev.havenkeep.pages;

import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What every form and link of a page carries.
 *
 * @param prefix the path below which the realm is served: empty, or such as {@code /realms/shop}
 * @param csrfToken posted by every form as {@link #CSRF_FIELD}; empty when the page has no session to protect
 * @param carried fields that every form posts and every link within the realm has in its query, such as the id of the sign-in that is
 *     under way
 * @param destinations where the forms' answers may redirect to besides the realm; none are needed where an
 *     {@link dev.havenkeep.pages.view.OnwardPage} is answered instead
 */
public record FormContext(
        String prefix, String csrfToken, SequencedMap<String, String> carried, Set<FormDestination> destinations) {

    /** The field with the token. */
    public static final String CSRF_FIELD = "_csrf";

    private static final Pattern PREFIX = Pattern.compile("(/[A-Za-z0-9._~-]+)*");

    /** @throws IllegalArgumentException when the prefix is not one */
    public FormContext {
        if (!PREFIX.matcher(prefix).matches()) {
            throw new IllegalArgumentException("Not a path prefix: " + prefix);
        }
        carried = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(carried));
        destinations = Set.copyOf(destinations);
    }

    /** A context of which nothing is carried and nothing is left. */
    public static FormContext of(String prefix, String csrfToken) {
        return new FormContext(prefix, csrfToken, new LinkedHashMap<>(), Set.of());
    }

    /** This context with one more field carried. */
    public FormContext carrying(String name, String value) {
        SequencedMap<String, String> more = new LinkedHashMap<>(carried);
        more.put(name, value);
        return new FormContext(prefix, csrfToken, more, destinations);
    }

    /** This context with one more place where its forms may lead to. */
    public FormContext leadingTo(FormDestination destination) {
        Set<FormDestination> more = new HashSet<>(destinations);
        more.add(destination);
        return new FormContext(prefix, csrfToken, carried, more);
    }
}
