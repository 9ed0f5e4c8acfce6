package dev.havenkeep.builds;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What builds may cost.
 *
 * @param perServer how many builds a server runs at once
 * @param timeout how long one build may take
 */
@ConfigurationProperties("haven.builds")
record BuildsProperties(
        @DefaultValue("1") int perServer,
        @DefaultValue("60m") Duration timeout) {}
