package dev.havenkeep.teams;

import dev.havenkeep.kernel.Secret;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text of an API token: a prefix that secret scanners find, the token's id without hyphens, and its secret. */
record TokenText(String id, String secretPart) {

    private static final Pattern FORM =
            Pattern.compile("hkt_([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})_([0-9A-Za-z]{43})");

    /** Reads what a caller sent; empty when it has not the form of a token. */
    static Optional<TokenText> parse(String text) {
        Matcher form = FORM.matcher(text);
        return form.matches()
                ? Optional.of(new TokenText(
                        String.join("-", form.group(1), form.group(2), form.group(3), form.group(4), form.group(5)),
                        form.group(6)))
                : Optional.empty();
    }

    Secret secret() {
        return Secret.of("hkt_" + id.replace("-", "") + "_" + secretPart);
    }

    @Override
    public String toString() {
        return "hkt_" + id.replace("-", "") + "_[secret]";
    }
}
