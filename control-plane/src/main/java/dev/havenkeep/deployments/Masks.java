package dev.havenkeep.deployments;

import dev.havenkeep.kernel.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Blots the values of secrets out of text, in the forms in which programs usually print them: as they are, each line of
 * one with several, percent-encoded, in Base64, and with the escapes of JSON.
 */
final class Masks {

    private static final String BLOT = "[secret]";
    /** Shorter values would blot out half of every log, and protect nothing. */
    private static final int SHORTEST = 4;
    /** A line of a longer value, such as the frame of a key, must be longer to be worth it. */
    private static final int SHORTEST_LINE = 8;

    static final Masks NONE = new Masks(List.of());

    private final List<String> longestFirst;

    Masks(Collection<Secret> secrets) {
        Set<String> forms = new LinkedHashSet<>();
        for (Secret secret : secrets) {
            String value = secret.reveal().strip();
            if (value.length() >= SHORTEST) {
                addForms(forms, value);
                value.lines().filter(line -> line.length() >= SHORTEST_LINE).forEach(forms::add);
            }
        }
        longestFirst = forms.stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    /** The text without the secrets. */
    String apply(String text) {
        String result = text;
        for (String form : longestFirst) {
            if (result.contains(form)) {
                result = result.replace(form, BLOT);
            }
        }
        return result;
    }

    private static void addForms(Set<String> forms, String value) {
        forms.add(value);
        forms.add(URLEncoder.encode(value, StandardCharsets.UTF_8));
        forms.add(URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20"));
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        forms.add(Base64.getEncoder().encodeToString(bytes));
        forms.add(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
        forms.add(value.replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("\n", "\\n")
                .replace("\r", "\\r")
                .replace("\t", "\\t"));
    }
}
