package dev.havenkeep.safety;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** What is decided about each text that people may write: {@code writable-fields.txt}. */
final class WritableFields {

    private static final Set<String> READERS = Set.of("open", "secret", "credential");
    private static final Set<String> PLACES =
            Set.of("kept", "compared", "names", "container", "image", "git", "registry", "ssh", "edge");

    private final Map<String, Decision> decisions = new LinkedHashMap<>();

    /**
     * One line of the file.
     *
     * @param reader who may read it again
     * @param place where it goes
     * @param answer how it is answered
     * @param within what it is typed into, with {@code {}} for itself
     */
    record Decision(String reader, String place, String answer, List<String> within) {

        boolean secret() {
            return reader.equals("secret");
        }
    }

    static WritableFields read() {
        WritableFields fields = new WritableFields();
        try (var in = Objects.requireNonNull(WritableFields.class.getResourceAsStream("writable-fields.txt"))) {
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .forEach(fields::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return fields;
    }

    private void add(String line) {
        List<String> words = List.of(line.strip().split("\\s+"));
        if (words.size() < 5 || !READERS.contains(words.get(2)) || !PLACES.contains(words.get(3))) {
            throw new IllegalStateException("writable-fields.txt: " + line);
        }
        List<String> within = new ArrayList<>(List.of("{}"));
        within.addAll(words.subList(5, words.size()));
        Decision before = decisions.put(
                words.get(0) + " " + words.get(1), new Decision(words.get(2), words.get(3), words.get(4), within));
        if (before != null) {
            throw new IllegalStateException("writable-fields.txt has twice: " + line);
        }
    }

    Decision of(ApiField field) {
        return Objects.requireNonNull(decisions.get(field.id()), field.id());
    }

    /** What the document has and the file has not, and the other way round. */
    List<String> undecided(List<ApiField> fields) {
        Set<String> open = new TreeSet<>();
        fields.stream().filter(field -> !field.closed()).map(ApiField::id).forEach(open::add);
        List<String> faults = new ArrayList<>();
        open.stream()
                .filter(id -> !decisions.containsKey(id))
                .map(id -> "is not decided about: " + id)
                .forEach(faults::add);
        decisions.keySet().stream()
                .filter(id -> !open.contains(id))
                .map(id -> "is not in the API: " + id)
                .forEach(faults::add);
        return faults;
    }
}
