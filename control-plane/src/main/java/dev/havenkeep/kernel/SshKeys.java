package dev.havenkeep.kernel;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.Iterator;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.digest.BuiltinDigests;
import org.apache.sshd.common.util.security.SecurityUtils;

/** Key pairs and host keys in OpenSSH's text forms. New pairs are Ed25519 (RFC 8709). */
public final class SshKeys {

    private static final String COMMENT = "havenkeep";

    private SshKeys() {}

    /** A new pair. */
    public static KeyPair generate() {
        try {
            return SecurityUtils.getKeyPairGenerator(SecurityUtils.ED25519).generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java cannot make Ed25519 keys", e);
        }
    }

    /** The private key as a file of the OPENSSH PRIVATE KEY form, without a passphrase. */
    public static Secret privateText(KeyPair pair) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(pair, COMMENT, null, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A key pair cannot be written", e);
        }
        return Secret.of(out.toString(StandardCharsets.US_ASCII));
    }

    /** The line for an {@code authorized_keys} file or a git host's form for deploy keys. */
    public static String publicText(KeyPair pair) {
        return bareText(pair.getPublic()) + " " + COMMENT;
    }

    /** A key without a comment, as host keys are kept. */
    public static String bareText(PublicKey key) {
        return PublicKeyEntry.toString(key);
    }

    /**
     * Reads a private key in any form that OpenSSH writes.
     *
     * @throws ProblemException 422 when it is none or has a passphrase
     */
    public static KeyPair parse(Secret privateText) {
        byte[] text = privateText.reveal().getBytes(StandardCharsets.UTF_8);
        try {
            Iterable<KeyPair> pairs = SecurityUtils.loadKeyPairIdentities(
                    null,
                    NamedResource.ofName("privateKey"),
                    new ByteArrayInputStream(text),
                    FilePasswordProvider.EMPTY);
            Iterator<KeyPair> found = pairs == null ? null : pairs.iterator();
            if (found != null && found.hasNext()) {
                return found.next();
            }
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            throw new ProblemException(notAKey(), e);
        }
        throw new ProblemException(notAKey());
    }

    /**
     * Reads a host key as {@code known_hosts} has it, with or without a comment, and gives its plain form.
     *
     * @throws ProblemException 422 when it is none
     */
    public static String parseHostKey(String text) {
        try {
            PublicKeyEntry entry = PublicKeyEntry.parsePublicKeyEntry(text.strip());
            PublicKey key = entry == null ? null : entry.resolvePublicKey(null, null, null);
            if (key != null) {
                return bareText(key);
            }
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            throw new ProblemException(notAHostKey(), e);
        }
        throw new ProblemException(notAHostKey());
    }

    /** What people compare: {@code SHA256:…}. */
    public static String fingerprint(String hostKey) {
        try {
            PublicKey key = PublicKeyEntry.parsePublicKeyEntry(hostKey).resolvePublicKey(null, null, null);
            return KeyUtils.getFingerPrint(BuiltinDigests.sha256, key);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A stored host key cannot be read", e);
        }
    }

    private static Problem notAKey() {
        return Problem.invalid(
                "privateKey",
                "must be a private key as OpenSSH writes it (ssh-keygen -t ed25519), without a passphrase");
    }

    private static Problem notAHostKey() {
        return Problem.invalid(
                "hostKey", "must be a host key such as \"ssh-ed25519 AAAA…\", as ssh-keyscan prints it after the host");
    }
}
