package dev.havenkeep.bench;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one benchmark found: one JSON line on standard output, without the detail.
 *
 * @param name the benchmark
 * @param value the figure
 * @param unit what the figure counts
 * @param budget the bound from the design, in words such as {@code <= 220}
 * @param ok whether the figure keeps the budget
 * @param detail further figures of the same run
 */
@JsonPropertyOrder({"name", "value", "unit", "budget", "ok"})
@JsonIgnoreProperties("detail")
record Measurement(String name, double value, String unit, String budget, boolean ok, Map<String, Object> detail) {

    Measurement {
        detail = Collections.unmodifiableMap(new LinkedHashMap<>(detail));
    }

    /** A figure that must not be above a bound. */
    static Measurement atMost(String name, double value, String unit, double bound, Map<String, Object> detail) {
        double rounded = Math.round(value * 1000) / 1000.0;
        return new Measurement(name, rounded, unit, "<= " + bound, rounded <= bound, detail);
    }

    /** A figure that must not be below a bound. */
    static Measurement atLeast(String name, double value, String unit, double bound, Map<String, Object> detail) {
        double rounded = Math.round(value * 1000) / 1000.0;
        return new Measurement(name, rounded, unit, ">= " + bound, rounded >= bound, detail);
    }
}
