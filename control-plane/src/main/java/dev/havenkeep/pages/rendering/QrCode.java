package dev.havenkeep.pages.rendering;

import io.nayuki.qrcodegen.QrCode.Ecc;

/** A QR code (ISO/IEC 18004) as the path of an SVG: one unit a module, with the quiet zone of four that readers need. */
public final class QrCode {

    private static final int QUIET = 4;

    private final io.nayuki.qrcodegen.QrCode code;

    private QrCode(io.nayuki.qrcodegen.QrCode code) {
        this.code = code;
    }

    public static QrCode of(String text) {
        return new QrCode(io.nayuki.qrcodegen.QrCode.encodeText(text, Ecc.MEDIUM));
    }

    /** The side's length in units, quiet zone included. */
    public int side() {
        return code.size + 2 * QUIET;
    }

    /** The dark modules, each run of a row as one rectangle. */
    public String path() {
        StringBuilder path = new StringBuilder();
        for (int y = 0; y < code.size; y++) {
            int x = 0;
            while (x < code.size) {
                int start = x;
                while (x < code.size && code.getModule(x, y)) {
                    x++;
                }
                if (x > start) {
                    path.append('M')
                            .append(start + QUIET)
                            .append(' ')
                            .append(y + QUIET)
                            .append('h')
                            .append(x - start);
                    path.append("v1h-").append(x - start).append('z');
                }
                x++;
            }
        }
        return path.toString();
    }
}
