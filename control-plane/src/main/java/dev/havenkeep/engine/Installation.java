package dev.havenkeep.engine;

import dev.havenkeep.kernel.HavenProperties;
import dev.havenkeep.kernel.Ids;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.regex.Pattern;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Tells this installation of Havenkeep from any other that uses the same server: its id is in the file {@code
 * installation-id} of the data folder and on everything that it makes.
 */
@Component
public class Installation {

    private static final Pattern FORM = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    private final String id;

    @Autowired
    Installation(HavenProperties properties, Ids ids) {
        this(load(properties.dataDir().resolve("installation-id"), ids));
    }

    Installation(String id) {
        this.id = id;
    }

    /** A UUID. */
    public String id() {
        return id;
    }

    /** The last twelve digits of the id, for names. */
    public String shortId() {
        return Names.tail(id);
    }

    private static String load(Path file, Ids ids) {
        try {
            if (!Files.exists(file)) {
                Files.createDirectories(file.toAbsolutePath().getParent());
                Path fresh = file.resolveSibling("installation-id.new");
                Files.writeString(fresh, ids.next() + "\n");
                Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
            }
            String id = Files.readString(file).strip();
            if (!FORM.matcher(id).matches()) {
                throw new IllegalStateException(file + " does not hold an installation id; restore it from a backup");
            }
            return id;
        } catch (IOException e) {
            throw new UncheckedIOException("The installation id " + file + " cannot be read or made", e);
        }
    }
}
