package dev.havenkeep.sources;

import dev.havenkeep.kernel.Secret;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.digest.BuiltinDigests;
import org.apache.sshd.common.util.security.SecurityUtils;

/** Deploy keys: Ed25519 (RFC 8709), in OpenSSH's own text forms. */
final class DeployKeys {

    private static final String COMMENT = "havenkeep";

    private DeployKeys() {}

    static KeyPair generate() {
        try {
            return SecurityUtils.getKeyPairGenerator(SecurityUtils.ED25519).generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java cannot make Ed25519 keys", e);
        }
    }

    /** The private key as a file of the OPENSSH PRIVATE KEY form, without a passphrase. */
    static Secret privateText(KeyPair pair) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(pair, COMMENT, null, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A deploy key cannot be written", e);
        }
        return Secret.of(out.toString(StandardCharsets.US_ASCII));
    }

    /** The line for an authorized_keys file or a git host's form for deploy keys. */
    static String publicText(PublicKey key) {
        return PublicKeyEntry.toString(key) + " " + COMMENT;
    }

    static KeyPair parse(Secret privateText) {
        byte[] text = privateText.reveal().getBytes(StandardCharsets.US_ASCII);
        try {
            return SecurityUtils.loadKeyPairIdentities(
                            null,
                            NamedResource.ofName("deploy key"),
                            new ByteArrayInputStream(text),
                            FilePasswordProvider.EMPTY)
                    .iterator()
                    .next();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A stored deploy key cannot be read", e);
        }
    }

    /** A key without its comment, as host keys are kept. */
    static String bareText(PublicKey key) {
        return PublicKeyEntry.toString(key);
    }

    /** What people compare: {@code SHA256:…}. */
    static String fingerprint(String bareText) {
        try {
            PublicKey key = PublicKeyEntry.parsePublicKeyEntry(bareText).resolvePublicKey(null, null, null);
            return KeyUtils.getFingerPrint(BuiltinDigests.sha256, key);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A stored host key cannot be read", e);
        }
    }
}
