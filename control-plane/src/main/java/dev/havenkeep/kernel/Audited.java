package dev.havenkeep.kernel;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that was done, published inside the transaction that does it; the audit module writes it down together
 * with the {@link Caller}. Changes never hold a secret's value.
 *
 * @param action a past-tense verb with its kind, for example {@code application.created}
 * @param scope where it happened; absent for the installation as a whole
 * @param targetType the kind of thing, for example {@code application}
 * @param targetId the thing's id
 * @param targetName the thing's name at that time
 * @param changes what changed, by field; secrets appear only as {@code "[secret]"}
 */
public record Audited(
        String action,
        @Nullable Scope scope,
        String targetType,
        String targetId,
        String targetName,
        Map<String, Object> changes) {

    public Audited {
        changes = Map.copyOf(changes);
    }
}
