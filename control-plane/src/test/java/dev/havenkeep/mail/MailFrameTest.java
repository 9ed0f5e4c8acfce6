package dev.havenkeep.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.havenkeep.kernel.ProblemException;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MailFrameTest {

    private static final MailText SENDER = new MailText("Main");

    @Test
    void textHasParagraphsCodeLinkAndSender() {
        MailFrame frame = new MailFrame(
                "en",
                SENDER,
                List.of("Hello Anna,", "this is your code:"),
                "123456",
                new MailFrame.Button("Sign in", URI.create("https://id.example.com/x?a=1&b=2")));

        assertThat(frame.text()).isEqualTo("""
                Hello Anna,

                this is your code:

                    123456

                Sign in:
                https://id.example.com/x?a=1&b=2

                --\s
                Main
                """);
    }

    @Test
    void nothingThatAnybodyWroteBecomesMarkup() {
        String hostile = "<script>alert('x')</script>\"><img src=x onerror=y>&amp;";
        MailFrame frame = new MailFrame(
                "en\" onload=\"x",
                new MailText(hostile),
                List.of(hostile),
                hostile,
                new MailFrame.Button(hostile, URI.create("https://id.example.com/?q='x'&b=2")));

        String html = frame.html(new MailText(hostile));

        assertThat(html)
                .doesNotContain("<script", "<img", "onload=\"x", "'x'")
                .contains("&lt;script&gt;", "lang=\"en&quot;", "?q=&#39;x&#39;&amp;b=2\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"javascript:alert(1)", "data:text/html,x", "mailto:a@example.com", "/relative"})
    void buttonLeadsToAWebPageOrNowhere(String link) {
        assertThatThrownBy(() -> new MailFrame.Button("x", URI.create(link)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  ",
                "Hello\r\nBcc: victim@example.com",
                "Hello\nBcc: victim@example.com",
                "Hello\rBcc: victim@example.com",
                "Hello\u0000",
                "Hello\u2028there",
                "Hello\u0085there",
                "Hello \u202Eereht",
                "half \uD83D of a pair"
            })
    void whatCouldEndAHeaderIsNoText(String text) {
        assertThatThrownBy(() -> new MailText(text)).isInstanceOf(ProblemException.class);
    }

    @Test
    void lineOfAbsurdLengthIsNoText() {
        assertThatThrownBy(() -> new MailText("x".repeat(201))).isInstanceOf(ProblemException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mail.example.com\r\nX: y", "", "-x", "a b", "mail/x", "user@host"})
    void whatIsNoHostIsRefused(String host) {
        assertThatThrownBy(() -> new MailSettings.Server(host, 25, MailSettings.Security.TLS, null))
                .isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> new MailSettings.Server("mail.example.com", 0, MailSettings.Security.TLS, null))
                .isInstanceOf(ProblemException.class);
    }
}
