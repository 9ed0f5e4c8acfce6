package dev.havenkeep.mail;

import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UnsupportedEncodingException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Date;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Sends mail over SMTP (RFC 5321), one connection a mail. The server's certificate is always verified, with its name;
 * every step has a deadline.
 */
@Component
public class MailServer {

    private static final Duration CONNECT_DEADLINE = Duration.ofSeconds(10);
    private static final Duration ANSWER_DEADLINE = Duration.ofSeconds(20);
    private static final Duration WHOLE_DEADLINE = Duration.ofSeconds(60);
    private static final int TRANSIENT = 4;
    private static final int LONGEST_LINE = 200;
    private static final int DEEPEST_CAUSE = 10;

    private final InstantSource clock;
    private final Duration answerDeadline;
    private final Duration wholeDeadline;

    @Autowired
    MailServer(InstantSource clock) {
        this(clock, ANSWER_DEADLINE, WHOLE_DEADLINE);
    }

    MailServer(InstantSource clock, Duration answerDeadline, Duration wholeDeadline) {
        this.clock = clock;
        this.answerDeadline = answerDeadline;
        this.wholeDeadline = wholeDeadline;
    }

    /** A conversation with a server. */
    private interface Conversation {
        void hold() throws MessagingException;
    }

    /**
     * Hands a mail to the server.
     *
     * @throws ProblemException 502 {@code mail-not-sent} that says what the server or the way to it did, 422
     *     {@code mail-refused} when the server knows no such recipient
     */
    public void send(MailSettings settings, Mail mail) {
        Properties properties = properties(settings);
        // RFC 6531, only for addresses that need it: not every server on the way has it.
        boolean beyondAscii =
                !(mail.to().value() + settings.from().value()).chars().allMatch(character -> character < 0x80);
        properties.put("mail.mime.allowutf8", Boolean.toString(beyondAscii));
        Session session = Session.getInstance(properties);
        inTime(settings, () -> {
            MimeMessage message = message(session, settings, mail);
            try (Transport transport = connected(session, settings)) {
                transport.sendMessage(message, message.getAllRecipients());
            }
        });
    }

    /**
     * Tries whether the server is there, is who it should be and knows us, without sending anything.
     *
     * @throws ProblemException 502 {@code mail-not-sent} that says what the server or the way to it did
     */
    public void check(MailSettings settings) {
        Session session = Session.getInstance(properties(settings));
        inTime(settings, () -> {
            try (Transport transport = connected(session, settings)) {
                if (!transport.isConnected()) {
                    throw new MessagingException("it ended the connection");
                }
            }
        });
    }

    /** A server that answers a byte now and then keeps every deadline but the one of the whole. */
    private void inTime(MailSettings settings, Conversation conversation) {
        FutureTask<Void> task = new FutureTask<>(() -> {
            conversation.hold();
            return null;
        });
        // Interrupting a virtual thread closes the socket that it reads from.
        Thread thread = Thread.ofVirtual().name("mail").start(task);
        try {
            task.get(wholeDeadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof MessagingException failure) {
                throw problem(settings, failure);
            }
            throw new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            thread.interrupt();
            throw notSent("The mail server " + settings.server().host() + " took too long.", e);
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
            throw notSent("It was interrupted.", e);
        }
    }

    private static Transport connected(Session session, MailSettings settings) throws MessagingException {
        Transport transport = session.getTransport();
        MailSettings.Login login = settings.login();
        try {
            transport.connect(
                    settings.server().host(),
                    settings.server().port(),
                    login == null ? null : login.user(),
                    login == null ? null : login.password().reveal());
            return transport;
        } catch (MessagingException e) {
            transport.close();
            throw e;
        }
    }

    private Properties properties(MailSettings settings) {
        MailSettings.Server server = settings.server();
        Properties properties = new Properties();
        properties.put("mail.transport.protocol", "smtp");
        properties.put("mail.smtp.connectiontimeout", Long.toString(CONNECT_DEADLINE.toMillis()));
        properties.put("mail.smtp.timeout", Long.toString(answerDeadline.toMillis()));
        properties.put("mail.smtp.writetimeout", Long.toString(answerDeadline.toMillis()));
        properties.put("mail.smtp.auth", Boolean.toString(settings.login() != null));
        properties.put("mail.smtp.quitwait", "false");
        // The bounce address (RFC 5321 section 4.4), and nothing of this machine in the greeting.
        properties.put("mail.smtp.from", settings.from().value());
        // What the Message-ID is made of.
        properties.put("mail.from", settings.from().value());
        properties.put("mail.smtp.localhost", "[127.0.0.1]");
        properties.put("mail.smtp.ssl.enable", Boolean.toString(server.security() == MailSettings.Security.TLS));
        properties.put(
                "mail.smtp.starttls.enable", Boolean.toString(server.security() == MailSettings.Security.STARTTLS));
        properties.put(
                "mail.smtp.starttls.required", Boolean.toString(server.security() == MailSettings.Security.STARTTLS));
        properties.put("mail.smtp.ssl.checkserveridentity", "true");
        properties.put("mail.smtp.ssl.protocols", "TLSv1.2 TLSv1.3");
        if (server.authority() != null) {
            properties.put("mail.smtp.ssl.socketFactory", trusting(server.authority()));
        }
        return properties;
    }

    private MimeMessage message(Session session, MailSettings settings, Mail mail) throws MessagingException {
        String utf8 = StandardCharsets.UTF_8.name();
        MimeMessage message = new MimeMessage(session);
        try {
            message.setFrom(new InternetAddress(
                    settings.from().value(), settings.senderName().value(), utf8));
        } catch (UnsupportedEncodingException e) {
            throw new IllegalStateException(e);
        }
        InternetAddress to = new InternetAddress();
        to.setAddress(mail.to().value());
        message.setRecipient(Message.RecipientType.TO, to);
        message.setSubject(mail.subject().value(), utf8);
        message.setSentDate(Date.from(clock.instant()));
        // RFC 3834 section 5: so that no holiday notice comes back.
        message.setHeader("Auto-Submitted", "auto-generated");
        message.setContent(new MimeMultipart("alternative", part(mail.text(), "plain"), part(mail.html(), "html")));
        message.saveChanges();
        return message;
    }

    private static MimeBodyPart part(String text, String subtype) throws MessagingException {
        MimeBodyPart part = new MimeBodyPart();
        part.setText(text, StandardCharsets.UTF_8.name(), subtype);
        part.setDisposition(Part.INLINE);
        // Lines of any length and form survive, whatever the servers on the way do (RFC 2045 section 6.8).
        part.setHeader("Content-Transfer-Encoding", "base64");
        return part;
    }

    private static SSLSocketFactory trusting(String authority) {
        try {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            int number = 0;
            for (Certificate certificate : CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(authority.getBytes(StandardCharsets.US_ASCII)))) {
                trusted.setCertificateEntry("authority" + number++, certificate);
            }
            if (number == 0) {
                throw new ProblemException(Problem.invalid("authority", "must be a certificate as PEM"));
            }
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context.getSocketFactory();
        } catch (GeneralSecurityException | IOException e) {
            throw new ProblemException(Problem.invalid("authority", "must be a certificate as PEM"), e);
        }
    }

    private static ProblemException problem(MailSettings settings, MessagingException failure) {
        String server = settings.server().host() + ":" + settings.server().port();
        SMTPAddressFailedException recipient = cause(failure, SMTPAddressFailedException.class);
        if (recipient != null && recipient.getReturnCode() / 100 != TRANSIENT) {
            return new ProblemException(
                    Problem.of(
                            422,
                            "mail-refused",
                            "The mail was refused",
                            "The mail server " + server + " refuses this recipient: " + line(recipient)),
                    failure);
        }
        if (failure instanceof AuthenticationFailedException) {
            return notSent(
                    "The mail server " + server + " does not accept the user and password: " + line(failure), failure);
        }
        if (cause(failure, UnknownHostException.class) != null) {
            return notSent("There is no host " + settings.server().host() + ".", failure);
        }
        if (cause(failure, SSLException.class) != null) {
            return notSent(
                    "The mail server " + server + " cannot be trusted, or speaks no TLS there: " + line(failure),
                    failure);
        }
        if (cause(failure, SocketTimeoutException.class) != null) {
            return notSent("The mail server " + server + " did not answer in time.", failure);
        }
        if (cause(failure, ConnectException.class) != null) {
            return notSent("Nothing answers at " + server + ".", failure);
        }
        return notSent(
                "The mail server " + server + " did not take the mail: "
                        + line(recipient == null ? failure : recipient),
                failure);
    }

    private static ProblemException notSent(String detail, @Nullable Throwable cause) {
        return new ProblemException(Problem.of(502, "mail-not-sent", "The mail was not sent", detail), cause);
    }

    /** What the server said, as one short line. */
    private static String line(Exception failure) {
        String message = String.valueOf(failure.getMessage())
                .replaceAll("[\\p{Cntrl}\\s]+", " ")
                .strip();
        return message.length() > LONGEST_LINE ? message.substring(0, LONGEST_LINE) + "…" : message;
    }

    private static <T extends Throwable> @Nullable T cause(Throwable failure, Class<T> type) {
        Throwable next = failure;
        for (int depth = 0; next != null && depth < DEEPEST_CAUSE; depth++) {
            if (type.isInstance(next)) {
                return type.cast(next);
            }
            next = next instanceof MessagingException nested ? nested.getNextException() : next.getCause();
        }
        return null;
    }
}
