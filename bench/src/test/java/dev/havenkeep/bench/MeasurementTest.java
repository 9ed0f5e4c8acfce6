package dev.havenkeep.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class MeasurementTest {

    @Test
    void itsLineHasTheFigureAndTheBudgetAndNothingElse() {
        Measurement measurement = Measurement.atMost("start", 1.23449, "s", 2.5, Map.of("worst", 2));

        assertThat(JsonMapper.builder().build().writeValueAsString(measurement)).isEqualTo("""
                        {"name":"start","value":1.234,"unit":"s","budget":"<= 2.5","ok":true}""");
    }

    @Test
    void aFigureAboveTheBudgetIsNotOk() {
        assertThat(Measurement.atMost("start", 2.501, "s", 2.5, Map.of()).ok()).isFalse();
        assertThat(Measurement.atMost("start", 2.5, "s", 2.5, Map.of()).ok()).isTrue();
    }

    @Test
    void aFigureBelowTheBudgetIsNotOkWhereMoreIsBetter() {
        assertThat(Measurement.atLeast("tokens", 2.499, "times", 2.5, Map.of()).ok())
                .isFalse();
        assertThat(Measurement.atLeast("tokens", 2.5, "times", 2.5, Map.of()).ok())
                .isTrue();
    }
}
