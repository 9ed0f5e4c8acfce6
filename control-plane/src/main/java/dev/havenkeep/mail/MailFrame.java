package dev.havenkeep.mail;

import java.net.URI;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.HtmlUtils;

/**
 * The plain layout of the mails that a site sends: paragraphs, perhaps a code, perhaps one button, and who sent it. The
 * words are the caller's, in the reader's language; the same content becomes text and HTML.
 *
 * @param language of the words, as a BCP 47 tag
 * @param sender who sends it, at the foot
 * @param paragraphs plain text each
 * @param code what is to be typed somewhere, in large letters
 * @param button where the button leads
 */
public record MailFrame(
        String language,
        MailText sender,
        List<String> paragraphs,
        @Nullable String code,
        @Nullable Button button) {

    /**
     * A button, which is also written out as a link for those whose reader shows none.
     *
     * @param link an http or https address
     */
    public record Button(String label, URI link) {

        public Button {
            if (!"https".equals(link.getScheme()) && !"http".equals(link.getScheme())) {
                throw new IllegalArgumentException("A button of a mail leads to a web page");
            }
        }
    }

    public MailFrame {
        paragraphs = List.copyOf(paragraphs);
    }

    /** As plain text. */
    String text() {
        StringJoiner text = new StringJoiner("\n\n", "", "\n");
        paragraphs.forEach(text::add);
        if (code != null) {
            text.add("    " + code);
        }
        if (button != null) {
            text.add(button.label() + ":\n" + button.link());
        }
        // RFC 3676 section 4.3: what follows is the signature.
        return text.add("-- \n" + sender).toString();
    }

    /** As an HTML document that needs nothing from anywhere. */
    String html(MailText subject) {
        StringBuilder body = new StringBuilder();
        for (String paragraph : paragraphs) {
            body.append("<p style=\"margin:0 0 16px\">")
                    .append(escaped(paragraph).replace("\n", "<br>"))
                    .append("</p>\n");
        }
        if (code != null) {
            body.append("<p style=\"margin:24px 0;font:600 32px/1.2 monospace;letter-spacing:4px\">")
                    .append(escaped(code))
                    .append("</p>\n");
        }
        if (button != null) {
            String link = escaped(button.link().toString());
            body.append("<p style=\"margin:24px 0\"><a href=\"")
                    .append(link)
                    .append("\" style=\"display:inline-block;padding:12px 24px;border-radius:6px;background:#1f4fd8;"
                            + "color:#ffffff;text-decoration:none;font-weight:600\">")
                    .append(escaped(button.label()))
                    .append("</a></p>\n<p style=\"margin:0 0 16px;font-size:13px;word-break:break-all\"><a href=\"")
                    .append(link)
                    .append("\" style=\"color:#44506a\">")
                    .append(link)
                    .append("</a></p>\n");
        }
        return """
                <!DOCTYPE html>
                <html lang="%s">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width">
                <meta name="color-scheme" content="light">
                <title>%s</title>
                </head>
                <body style="margin:0;padding:24px;background:#f3f5f9;color:#1b2333;font:16px/1.5 system-ui,sans-serif">
                <div style="max-width:520px;margin:0 auto;padding:32px;background:#ffffff;border-radius:8px">
                %s<p style="margin:32px 0 0;font-size:13px;color:#56607a">%s</p>
                </div>
                </body>
                </html>
                """.formatted(escaped(language), escaped(subject.value()), body, escaped(sender.value()));
    }

    private static String escaped(String text) {
        return HtmlUtils.htmlEscape(text, "UTF-8");
    }
}
