package dev.havenkeep.api;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.charset.StandardCharsets;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What this process measures about itself, in Prometheus' text format 0.0.4. */
@RestController
class MetricsController {

    private static final String TEXT_FORMAT = "text/plain; version=0.0.4; charset=utf-8";

    private final PrometheusMeterRegistry registry;

    MetricsController(PrometheusMeterRegistry registry) {
        this.registry = registry;
    }

    /** Reads the process's metrics for Prometheus. From this machine itself it needs no credentials. */
    @GetMapping(path = "/metrics", produces = "text/plain")
    ResponseEntity<byte[]> readMetrics() {
        return ResponseEntity.ok()
                .header("Content-Type", TEXT_FORMAT)
                .cacheControl(CacheControl.noStore())
                .body(registry.scrape(TEXT_FORMAT).getBytes(StandardCharsets.UTF_8));
    }
}
