package dev.havenkeep.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class IdsTest {

    @Test
    void idIsAUuidOfVersion7WithItsTime() {
        Instant now = Instant.parse("2026-01-31T12:00:00.123Z");

        UUID id = UUID.fromString(new Ids(InstantSource.fixed(now)).next());

        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(now.toEpochMilli());
    }

    @Test
    void idsSortInTheOrderInWhichTheyWereMadeEvenWithinOneMillisecond() {
        Ids ids = new Ids(InstantSource.fixed(Instant.EPOCH.plusMillis(1)));
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            made.add(ids.next());
        }

        assertThat(made).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void idsOfManyThreadsAreDifferent() throws Exception {
        Ids ids = new Ids(InstantSource.system());
        List<Callable<List<String>>> makers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            makers.add(() ->
                    java.util.stream.Stream.generate(ids::next).limit(2_000).toList());
        }
        List<String> made = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var some : threads.invokeAll(makers)) {
                made.addAll(some.get());
            }
        }

        assertThat(made).doesNotHaveDuplicates().hasSize(16_000);
    }

    @Test
    void textThatIsNoIdIsNotFound() {
        for (String text : List.of(
                "", "1", "../etc", "0192AAAA-0000-7000-8000-000000000000", "0192aaaa-0000-7000-8000-00000000000g")) {
            assertThatThrownBy(() -> new ProjectId(text))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            e -> assertThat(e.problem().status()).isEqualTo(404));
        }
    }
}
