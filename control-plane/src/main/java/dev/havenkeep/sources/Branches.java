package dev.havenkeep.sources;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The branches of a repository.
 *
 * @param names all of them, sorted; none when the repository is empty
 * @param defaultBranch the one that its HEAD points to, if the server says
 */
public record Branches(List<String> names, @Nullable String defaultBranch) {

    public Branches {
        names = List.copyOf(names);
    }
}
