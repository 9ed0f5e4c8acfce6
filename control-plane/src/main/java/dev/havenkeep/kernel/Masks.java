package dev.havenkeep.kernel;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Blots the values of secrets out of text, in the forms in which programs usually print them: as they are, each line of
 * one with several, percent-encoded, in hexadecimal, in Base64 (RFC 4648) also as a part of something longer, such as a
 * {@code Basic} credential, and with the escapes of JSON.
 */
public final class Masks {

    private static final String BLOT = "[secret]";
    /** Shorter values would blot out half of every log, and protect nothing. */
    private static final int SHORTEST = 4;
    /** A line of a longer value, such as the frame of a key, must be longer to be worth it. */
    private static final int SHORTEST_LINE = 8;
    /** As many bytes as make a piece of Base64 that is not found by chance. */
    private static final int SHORTEST_WITHIN = 8;

    private static final int BASE64_BYTES = 3;
    private static final int BITS_PER_DIGIT = 6;

    /** There is nothing to blot. */
    public static final Masks NONE = new Masks(List.of());

    private final List<String> longestFirst;

    /** Blots these. */
    public Masks(Collection<Secret> secrets) {
        Set<String> forms = new LinkedHashSet<>();
        for (Secret secret : secrets) {
            String value = secret.reveal().strip();
            if (value.length() >= SHORTEST) {
                addForms(forms, value);
                value.lines()
                        .map(String::strip)
                        .filter(line -> line.length() >= SHORTEST_LINE)
                        .forEach(forms::add);
            }
        }
        longestFirst = forms.stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    /** The text without the secrets. */
    public String apply(String text) {
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
        if (bytes.length >= SHORTEST_WITHIN) {
            for (int before = 0; before < BASE64_BYTES; before++) {
                String within = base64Within(bytes, before);
                forms.add(within);
                forms.add(within.replace('+', '-').replace('/', '_'));
            }
        }
        forms.add(HexFormat.of().formatHex(bytes));
        forms.add(HexFormat.of().withUpperCase().formatHex(bytes));
        forms.add(value.replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("\n", "\\n")
                .replace("\r", "\\r")
                .replace("\t", "\\t"));
    }

    /** The digits that the bytes alone decide when this many others, modulo three, stand before them. */
    private static String base64Within(byte[] bytes, int before) {
        byte[] shifted = new byte[before + bytes.length];
        System.arraycopy(bytes, 0, shifted, before, bytes.length);
        String digits = Base64.getEncoder().encodeToString(shifted);
        int first = before == 0 ? 0 : before + 1;
        return digits.substring(first, shifted.length * Byte.SIZE / BITS_PER_DIGIT);
    }
}
