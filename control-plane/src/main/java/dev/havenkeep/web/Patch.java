package dev.havenkeep.web;

import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonDeserialize;

/**
 * One member of a JSON merge patch (RFC 7396): absent leaves the value as it is, {@code null} clears it, anything else
 * replaces it. A PATCH body is a record of these:
 *
 * <pre>{@code record ProjectChange(Patch<ProjectName> name, Patch<String> description) {}
 *
 * change.name().orKeep(project.name())                  // null is refused: a project always has a name
 * change.description().orKeepOrClear(project.description())}</pre>
 *
 * An absent member is {@link Absent}, never a Java {@code null}. A replaced object is replaced whole.
 */
@JsonDeserialize(using = PatchDeserializer.class)
public sealed interface Patch<T> {

    /** The member is not in the patch. */
    record Absent<T>() implements Patch<T> {}

    /**
     * The member is {@code null} in the patch.
     *
     * @param member the member's name, to say which one may not be cleared
     */
    record Cleared<T>(String member) implements Patch<T> {}

    /** The member has a new value. */
    record Replaced<T>(T value) implements Patch<T> {}

    /** A patch that leaves the value as it is. */
    static <T> Patch<T> absent() {
        return new Absent<>();
    }

    /** A patch that replaces the value. */
    static <T> Patch<T> of(T value) {
        return new Replaced<>(value);
    }

    /**
     * The value after the patch, for a member that always has one.
     *
     * @throws ProblemException 422 when the patch clears it
     */
    default T orKeep(T current) {
        return switch (this) {
            case Absent<T> _ -> current;
            case Cleared<T>(String member) ->
                throw new ProblemException(Problem.invalid(member, "may not be null: it always has a value"));
            case Replaced<T>(T value) -> value;
        };
    }

    /** The value after the patch, for an optional member. */
    default @Nullable T orKeepOrClear(@Nullable T current) {
        return switch (this) {
            case Absent<T> _ -> current;
            case Cleared<T> _ -> null;
            case Replaced<T>(T value) -> value;
        };
    }

    /** The value after the patch, for a member that goes back to its default when it is cleared. */
    default T orKeepOrDefault(T current, T whenCleared) {
        return switch (this) {
            case Absent<T> _ -> current;
            case Cleared<T> _ -> whenCleared;
            case Replaced<T>(T value) -> value;
        };
    }

    /** Whether the patch says anything about this member. */
    default boolean isPresent() {
        return !(this instanceof Absent<T>);
    }
}
