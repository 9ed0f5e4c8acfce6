package dev.havenkeep.audit;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the audit log is kept.
 *
 * @param retention how long an event is kept; at least a day
 */
@ConfigurationProperties("haven.audit")
record AuditProperties(@DefaultValue("400d") Duration retention) {

    AuditProperties {
        if (retention.compareTo(Duration.ofDays(1)) < 0) {
            throw new IllegalArgumentException("haven.audit.retention: events are kept for at least 1d");
        }
    }
}
