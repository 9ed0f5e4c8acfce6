package dev.havenkeep.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;

class SamplesTest {

    private final Samples samples = new Samples();

    @Test
    void aQuantileIsTheSmallestSampleThatIsNotExceededByThatShare() {
        for (int i = 100; i > 0; i--) {
            samples.addMillis(i);
        }

        assertThat(samples.median()).isEqualTo(50);
        assertThat(samples.quantile(0.99)).isEqualTo(99);
        assertThat(samples.quantile(1)).isEqualTo(100);
    }

    @Test
    void withoutSamplesThereIsNoFigure() {
        assertThatExceptionOfType(BenchmarkFailure.class).isThrownBy(samples::median);
    }
}
