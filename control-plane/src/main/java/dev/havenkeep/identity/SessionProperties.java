package dev.havenkeep.identity;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long somebody stays signed in.
 *
 * @param idle after this long without a request the session is over
 * @param lifetime after this long it is over in any case
 */
@ConfigurationProperties("haven.session")
record SessionProperties(
        @DefaultValue("3d") Duration idle,
        @DefaultValue("30d") Duration lifetime) {}
