package dev.havenkeep.applications;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How new containers take the place of the old ones. */
public enum Strategy {
    /** New ones start beside the old ones, which stop only once traffic has moved: no request fails. */
    ROLLING,
    /** The old ones stop before the new ones start, for what cannot run twice, such as a volume's single writer. */
    RECREATE;

    /** The form in API and database. */
    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
