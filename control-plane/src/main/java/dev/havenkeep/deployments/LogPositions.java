package dev.havenkeep.deployments;

import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How far a stream of container logs has come in each container: the id of its events. Its text form is
 * {@code CONTAINER-SECONDS.NANOS.COUNT}, separated by underscores, where COUNT is how many lines of that very instant
 * were given: nothing in it needs an escape in a URL.
 */
final class LogPositions {

    /** A container that is gone is forgotten when this many newer ones have come. */
    private static final int MOST = 64;

    private static final int SHORT_ID = 12;
    private static final Pattern ENTRY = Pattern.compile("([0-9a-f]{12})-([0-9]{1,12})\\.([0-9]{9})\\.([0-9]{1,9})");

    private final Map<String, Position> positions = new LinkedHashMap<>();

    /** How far it has come in one container. */
    record Position(Instant at, int count) {

        /** Whether a line of this instant was given already, when so many of that instant were seen before it. */
        boolean covers(Instant line, int seen) {
            return line.isBefore(at) || (line.equals(at) && seen < count);
        }
    }

    /** @throws ProblemException 422 when the text is not an id that an event had */
    static LogPositions parse(@Nullable String id) {
        LogPositions positions = new LogPositions();
        if (id == null || id.isEmpty()) {
            return positions;
        }
        for (String entry : id.split("_", -1)) {
            Matcher matcher = ENTRY.matcher(entry);
            if (!matcher.matches() || positions.positions.size() == MOST) {
                throw new ProblemException(
                        Problem.invalid("lastEventId", "is not an id that an event of this stream had"));
            }
            positions.positions.put(
                    matcher.group(1),
                    new Position(
                            Instant.ofEpochSecond(Long.parseLong(matcher.group(2)), Long.parseLong(matcher.group(3))),
                            Integer.parseInt(matcher.group(4))));
        }
        return positions;
    }

    Optional<Position> of(String container) {
        return Optional.ofNullable(positions.get(key(container)));
    }

    /** Begins a container at an instant, unless it is known. */
    void begin(String container, Instant at) {
        positions.putIfAbsent(key(container), new Position(at, 0));
        if (positions.size() > MOST) {
            positions.remove(positions.keySet().iterator().next());
        }
    }

    /** Counts a line that is being given. */
    void give(String container, Instant at) {
        positions.compute(
                key(container),
                (key, before) -> before != null && before.at().equals(at)
                        ? new Position(at, before.count() + 1)
                        : new Position(at, 1));
    }

    @Override
    public String toString() {
        return positions.entrySet().stream()
                .map(entry -> entry.getKey() + "-" + seconds(entry.getValue().at()) + "."
                        + entry.getValue().count())
                .collect(Collectors.joining("_"));
    }

    private static String seconds(Instant at) {
        long seconds = at.getEpochSecond();
        return "%d.%09d".formatted(seconds, at.getNano());
    }

    private static String key(String container) {
        return container.substring(0, Math.min(SHORT_ID, container.length()));
    }
}
