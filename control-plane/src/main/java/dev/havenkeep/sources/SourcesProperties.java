package dev.havenkeep.sources;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What fetching from repositories may reach and cost.
 *
 * @param allowPrivateNetworks whether repositories may be on loopback, link-local and private addresses, and whether a
 *     token may be sent over plain HTTP
 * @param fetchTimeout how long one fetch may take
 * @param maxFetchSize how much one fetch may bring
 * @param maxContextSize how large a build context may be
 * @param keepMirrors how long a mirror that nothing asks for is kept
 */
@ConfigurationProperties("haven.sources")
record SourcesProperties(
        @DefaultValue("false") boolean allowPrivateNetworks,
        @DefaultValue("10m") Duration fetchTimeout,
        @DefaultValue("4GB") DataSize maxFetchSize,
        @DefaultValue("4GB") DataSize maxContextSize,
        @DefaultValue("60d") Duration keepMirrors) {}
