package dev.havenkeep.safety;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Secrets that are known, and the search for them: as they are, in hexadecimal, in Base64 wherever they stand in something
 * longer, and so also percent-encoded or with the escapes of JSON, since what is searched for is their plain middle.
 */
final class Canaries {

    /** What all planted secrets have in common, so that one search finds each of them. */
    private final String core =
            "Qz" + UUID.randomUUID().toString().replace("-", "").substring(0, 14);
    /** Not a secret: what shows that the search sees a place. */
    private final String marker = "Mk" + core.substring(2);

    private final Map<String, List<byte[]>> needles = new LinkedHashMap<>();
    private final List<byte[]> coreForms = forms(core.getBytes(UTF_8));
    private int planted;

    /** A new secret: letters and digits, then what programs encode. */
    String secret() {
        planted++;
        return core + planted + "x/+ \"\\&é";
    }

    /** A new secret of letters and digits only, for where nothing else is taken. */
    String plainSecret() {
        planted++;
        return core + planted + "x";
    }

    String marker() {
        return marker;
    }

    /** A secret that somebody else chose, such as a token of the product's own. */
    void know(String name, String secret) {
        know(name, secret.getBytes(UTF_8));
    }

    /** A secret that is no text, such as a private key's number. */
    void know(String name, byte[] secret) {
        needles.put(name, forms(secret));
    }

    /** Which secrets are here; nothing, if all is well. */
    List<String> found(String place, byte[] hay) {
        List<String> found = new ArrayList<>(planted(place, hay));
        needles.forEach((name, forms) -> {
            for (byte[] form : forms) {
                int at = indexOf(hay, form);
                if (at >= 0) {
                    found.add(place + ": " + name + ": " + around(hay, at));
                }
            }
        });
        return found;
    }

    /** Which of those are here that this has made, which is faster to tell. */
    List<String> planted(String place, byte[] hay) {
        List<String> found = new ArrayList<>();
        for (byte[] form : coreForms) {
            int at = indexOf(hay, form);
            if (at >= 0) {
                found.add(place + ": " + around(hay, at));
            }
        }
        return found;
    }

    boolean sees(byte[] hay) {
        return indexOf(hay, marker.getBytes(UTF_8)) >= 0;
    }

    private static String around(byte[] hay, int at) {
        String text = new String(
                hay, Math.max(0, at - 120), Math.min(hay.length, at + 80) - Math.max(0, at - 120), ISO_8859_1);
        return text.replaceAll("[^ -~]+", " ");
    }

    private static List<byte[]> forms(byte[] secret) {
        List<byte[]> forms = new ArrayList<>();
        forms.add(secret);
        forms.add(HexFormat.of().formatHex(secret).getBytes(UTF_8));
        forms.add(HexFormat.of().withUpperCase().formatHex(secret).getBytes(UTF_8));
        for (int before = 0; before < 3; before++) {
            byte[] shifted = new byte[before + secret.length];
            System.arraycopy(secret, 0, shifted, before, secret.length);
            String digits = Base64.getEncoder().encodeToString(shifted);
            String within = digits.substring(before == 0 ? 0 : before + 1, shifted.length * 8 / 6);
            forms.add(within.getBytes(UTF_8));
            forms.add(within.replace('+', '-').replace('/', '_').getBytes(UTF_8));
        }
        return forms;
    }

    private static int indexOf(byte[] hay, byte[] needle) {
        byte first = needle[0];
        int last = hay.length - needle.length;
        for (int i = 0; i <= last; i++) {
            if (hay[i] == first && Arrays.equals(hay, i, i + needle.length, needle, 0, needle.length)) {
                return i;
            }
        }
        return -1;
    }
}
