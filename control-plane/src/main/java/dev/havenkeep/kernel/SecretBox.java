package dev.havenkeep.kernel;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.Base64;
import org.springframework.stereotype.Component;

/**
 * Seals secrets before they reach the database: AES-256-GCM (NIST SP 800-38D) under the master key, which is the file
 * {@code master-key.json} in the data folder and never in the database. The associated data binds a sealed value to
 * the row that owns it, so that it cannot be moved to another.
 */
@Component
public class SecretBox {

    private final Aead aead;

    SecretBox(HavenProperties properties) {
        try {
            AeadConfig.register();
            aead = load(properties.dataDir().resolve("master-key.json"))
                    .getPrimitive(RegistryConfiguration.get(), Aead.class);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The master key cannot be used", e);
        }
    }

    /**
     * Seals a secret for the row that owns it.
     *
     * @param owner names the owning row and column, for example {@code variable/ID/value}
     * @return text for the database
     */
    public String seal(Secret secret, String owner) {
        try {
            byte[] sealed = aead.encrypt(
                    secret.reveal().getBytes(StandardCharsets.UTF_8), owner.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(sealed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A secret of " + owner + " cannot be sealed", e);
        }
    }

    /**
     * Opens what {@link #seal} sealed for the same owner.
     *
     * @throws IllegalStateException when it was sealed for another owner or under another master key
     */
    public Secret open(String sealed, String owner) {
        try {
            byte[] plain = aead.decrypt(Base64.getDecoder().decode(sealed), owner.getBytes(StandardCharsets.UTF_8));
            return Secret.of(new String(plain, StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "A secret of " + owner + " cannot be opened: was the data folder restored without its master key?",
                    e);
        }
    }

    private static KeysetHandle load(Path file) throws GeneralSecurityException {
        try {
            if (Files.exists(file)) {
                return TinkJsonProtoKeysetFormat.parseKeyset(Files.readString(file), InsecureSecretKeyAccess.get());
            }
            KeysetHandle made = KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM);
            Files.createDirectories(file.toAbsolutePath().getParent());
            Path fresh = Files.createTempFile(
                    file.toAbsolutePath().getParent(),
                    "master-key",
                    ".new",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(
                    fresh,
                    TinkJsonProtoKeysetFormat.serializeKeyset(made, InsecureSecretKeyAccess.get()),
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.SYNC);
            Files.move(fresh, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException("The master key " + file + " cannot be read or made", e);
        }
    }
}
