package dev.havenkeep.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.havenkeep.credentials.EmailAddress;
import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.kernel.Secret;
import dev.havenkeep.mail.MailSettings.Security;
import jakarta.mail.BodyPart;
import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@TestInstance(Lifecycle.PER_CLASS)
class MailServerTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final EmailAddress SENDER = EmailAddress.parse("email", "no-reply@id.example.com");
    private static final MailText NAME = new MailText("Müller & Söhne, \"Main\"");

    private final MailServer sender = new MailServer(InstantSource.fixed(NOW));
    private LabSmtp lab;

    @BeforeAll
    void startServer() {
        lab = new LabSmtp();
    }

    @AfterAll
    void stopServer() {
        lab.close();
    }

    @ParameterizedTest
    @EnumSource
    void mailArrivesAsItWasWritten(Security security) throws Exception {
        EmailAddress anna = anybody();
        MailFrame frame = new MailFrame(
                "de",
                NAME,
                List.of(
                        "Grüße, Anna — dies ist Ihr Code:",
                        "Eine sehr lange Zeile. ".repeat(100).strip()),
                "123 456",
                new MailFrame.Button("Öffnen", URI.create("https://id.example.com/recovery?token=abc&x=1")));
        String subject =
                "Ihr Code für „Müller & Söhne“ 🐢 " + "lang ".repeat(20).strip();

        sender.check(settings(security));
        sender.send(settings(security), Mail.framed(anna, new MailText(subject), frame));

        MimeMessage arrived = mailTo(anna);
        assertThat(arrived.getSubject()).isEqualTo(subject);
        assertThat(arrived.getAllRecipients()).containsExactly(new InternetAddress(anna.value()));
        assertThat(arrived.getFrom()).containsExactly(new InternetAddress(SENDER.value(), NAME.value(), "UTF-8"));
        assertThat(((InternetAddress) arrived.getFrom()[0]).getPersonal()).isEqualTo(NAME.value());
        assertThat(arrived.getSentDate()).isEqualTo(Date.from(NOW));
        assertThat(arrived.getHeader("X-MailFrom")).containsExactly(SENDER.value());
        assertThat(arrived.getMessageID()).endsWith("@id.example.com>");
        assertThat(arrived.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        MimeMultipart alternatives = (MimeMultipart) arrived.getContent();
        assertThat(alternatives.getContentType()).startsWith("multipart/alternative");
        assertThat(alternatives.getCount()).isEqualTo(2);
        assertThat(body(alternatives.getBodyPart(0), "text/plain")).isEqualTo(frame.text());
        assertThat(body(alternatives.getBodyPart(1), "text/html")).isEqualTo(frame.html(new MailText(subject)));
    }

    @Test
    void addressBeyondAsciiIsReached() throws Exception {
        EmailAddress zoe = EmailAddress.parse("email", "zoë-" + UUID.randomUUID() + "@bücher.example");

        sender.send(settings(Security.TLS), mail(zoe));

        assertThat(mailTo(zoe).getSubject()).isEqualTo("Hello");
    }

    @Test
    void serverThatIsNobodyWeTrustIsRefused() {
        for (Security security : List.of(Security.TLS, Security.STARTTLS)) {
            MailSettings untrusted = settings(
                    new MailSettings.Server(lab.host(), port(security), security, null), lab.user(), lab.password());

            notSent(() -> sender.check(untrusted), "cannot be trusted");
            notSent(() -> sender.send(untrusted, mail(anybody())), "cannot be trusted");
        }
    }

    @Test
    void serverWhoseCertificateNamesAnotherIsRefused() {
        for (Security security : List.of(Security.TLS, Security.STARTTLS)) {
            // The same machine by an address that its certificate does not name.
            MailSettings other = settings(
                    new MailSettings.Server("127.0.0.2", port(security), security, lab.authority()),
                    lab.user(),
                    lab.password());

            notSent(() -> sender.check(other), "cannot be trusted");
        }
    }

    @Test
    void serverWithoutStartTlsGetsNoPassword() {
        MailSettings plain = settings(
                new MailSettings.Server(lab.host(), lab.plainPort(), Security.STARTTLS, lab.authority()),
                lab.user(),
                lab.password());

        notSent(() -> sender.check(plain), "STARTTLS");
        assertThatThrownBy(() -> settings(
                        new MailSettings.Server(lab.host(), lab.plainPort(), Security.NONE, null), "user", "password"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("security");
    }

    @Test
    void wrongPasswordIsToldAndNotRepeated() {
        MailSettings wrong = settings(
                new MailSettings.Server(lab.host(), lab.startTlsPort(), Security.STARTTLS, lab.authority()),
                lab.user(),
                "a-wrong-password");

        notSent(() -> sender.check(wrong), "user and password");
        assertThatThrownBy(() -> sender.check(wrong)).message().doesNotContain("a-wrong-password");
    }

    @Test
    void recipientThatIsRefusedForGoodIsToldApartFromOneForNow() {
        assertThatThrownBy(() ->
                        sender.send(settings(Security.TLS), mail(EmailAddress.parse("email", "nobody@example.com"))))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("mail-refused")
                .hasMessageContaining("nobody of this name");
        notSent(
                () -> sender.send(settings(Security.TLS), mail(EmailAddress.parse("email", "later@example.com"))),
                "Try again later");
    }

    @Test
    void serverThatIsNotThereIsTold() throws Exception {
        int unused;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            unused = socket.getLocalPort();
        }
        MailSettings nobody = settings(
                new MailSettings.Server("127.0.0.1", unused, Security.STARTTLS, null), lab.user(), lab.password());
        MailSettings nowhere = settings(
                new MailSettings.Server("mail.invalid", 587, Security.STARTTLS, null), lab.user(), lab.password());

        notSent(() -> sender.check(nobody), "Nothing answers at 127.0.0.1:" + unused);
        notSent(() -> sender.check(nowhere), "no host mail.invalid");
    }

    @Test
    void serverThatSaysNothingIsGivenUp() throws Exception {
        MailServer impatient = new MailServer(InstantSource.fixed(NOW), Duration.ofMillis(300), Duration.ofMinutes(1));
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            MailSettings settings = settings(
                    new MailSettings.Server("127.0.0.1", silent.getLocalPort(), Security.STARTTLS, null),
                    lab.user(),
                    lab.password());

            notSent(() -> impatient.check(settings), "in time");
        }
    }

    @Test
    void serverThatDribblesIsGivenUp() throws Exception {
        MailServer impatient = new MailServer(InstantSource.fixed(NOW), Duration.ofMinutes(1), Duration.ofMillis(500));
        try (ServerSocket dribbling = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread server = Thread.ofVirtual().start(() -> {
                try (Socket client = dribbling.accept()) {
                    client.getOutputStream().write("220-wait".getBytes(StandardCharsets.US_ASCII));
                    // Ends when the client goes away.
                    assertThat(client.getInputStream().read()).isNegative();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            MailSettings settings = settings(
                    new MailSettings.Server("127.0.0.1", dribbling.getLocalPort(), Security.STARTTLS, null),
                    lab.user(),
                    lab.password());

            notSent(() -> impatient.check(settings), "took too long");
            assertThat(server.join(Duration.ofSeconds(30)))
                    .as("the connection was closed")
                    .isTrue();
        }
    }

    @Test
    void authorityThatIsNoCertificateIsRefused() {
        MailSettings settings = settings(
                new MailSettings.Server(lab.host(), lab.tlsPort(), Security.TLS, "not PEM"), "user", "password");

        assertThatThrownBy(() -> sender.check(settings))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("authority");
    }

    private MailSettings settings(Security security) {
        boolean open = security == Security.NONE;
        return settings(
                new MailSettings.Server(lab.host(), port(security), security, open ? null : lab.authority()),
                open ? null : lab.user(),
                lab.password());
    }

    private static MailSettings settings(MailSettings.Server server, @Nullable String user, String password) {
        MailSettings.Login login = user == null ? null : new MailSettings.Login(user, Secret.of(password));
        return new MailSettings(server, login, SENDER, NAME);
    }

    private int port(Security security) {
        return switch (security) {
            case TLS -> lab.tlsPort();
            case STARTTLS -> lab.startTlsPort();
            case NONE -> lab.plainPort();
        };
    }

    private MimeMessage mailTo(EmailAddress recipient) throws Exception {
        for (String text : lab.accepted()) {
            MimeMessage message = new MimeMessage(
                    Session.getInstance(new Properties()),
                    new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
            if (text.contains("X-RcptTo: " + recipient.value())
                    || recipient.value().equals(decoded(message.getHeader("X-RcptTo", null)))) {
                assertThat(message.getRecipients(Message.RecipientType.TO)).hasSize(1);
                return message;
            }
        }
        throw new AssertionError("No mail to " + recipient + " arrived");
    }

    private static String decoded(String header) throws Exception {
        return jakarta.mail.internet.MimeUtility.decodeText(header);
    }

    private static String body(BodyPart part, String type) throws Exception {
        assertThat(part.getContentType()).startsWith(type);
        return ((String) part.getContent()).replace("\r\n", "\n");
    }

    private static EmailAddress anybody() {
        return EmailAddress.parse("email", "anna-" + UUID.randomUUID() + "@example.com");
    }

    private static Mail mail(EmailAddress to) {
        return Mail.framed(
                to, new MailText("Hello"), new MailFrame("en", NAME, List.of("Hello, this is it."), null, null));
    }

    private static void notSent(ThrowingCallable attempt, String says) {
        assertThatThrownBy(attempt)
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("mail-not-sent")
                .hasMessageContaining(says);
    }
}
