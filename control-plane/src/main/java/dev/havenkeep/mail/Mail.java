package dev.havenkeep.mail;

import dev.havenkeep.credentials.EmailAddress;

/**
 * A mail to one address. Nothing in it can add a header or a recipient: address and subject are values that hold no end
 * of a line, and the bodies are encoded (RFC 2045).
 *
 * @param text the body for readers without HTML
 * @param html the same for the others: a whole document
 */
public record Mail(EmailAddress to, MailText subject, String text, String html) {

    /** A mail laid out by {@link MailFrame}. */
    public static Mail framed(EmailAddress to, MailText subject, MailFrame frame) {
        return new Mail(to, subject, frame.text(), frame.html(subject));
    }
}
