package dev.havenkeep.deployments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.havenkeep.kernel.ProblemException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogPositionsTest {

    private static final String ONE = "0123456789abcdef0123456789abcdef";
    private static final String OTHER = "fedcba9876543210fedcba9876543210";
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00.000000007Z");

    @Test
    void theTextFormGoesBothWays() {
        LogPositions positions = LogPositions.parse(null);
        positions.begin(ONE, AT);
        positions.give(OTHER, AT);
        positions.give(OTHER, AT);

        LogPositions again = LogPositions.parse(positions.toString());

        assertThat(again.of(ONE)).contains(new LogPositions.Position(AT, 0));
        assertThat(again.of(OTHER)).contains(new LogPositions.Position(AT, 2));
        assertThat(again).hasToString(positions.toString());
        assertThat(URLEncoder.encode(positions.toString(), StandardCharsets.UTF_8))
                .isEqualTo(positions.toString());
    }

    @Test
    void aPositionCoversWhatWasGivenAndNoMore() {
        LogPositions.Position position = new LogPositions.Position(AT, 2);

        assertThat(position.covers(AT.minusNanos(1), 0)).isTrue();
        assertThat(position.covers(AT, 1)).isTrue();
        assertThat(position.covers(AT, 2)).isFalse();
        assertThat(position.covers(AT.plusNanos(1), 0)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "0123456789ab", "0123456789ab-1.0.1", "0123456789ab-1.000000000.1_", "../../etc"})
    void whatNoEventHadIsRefused(String id) {
        assertThatThrownBy(() -> LogPositions.parse(id)).isInstanceOf(ProblemException.class);
    }
}
