package dev.havenkeep.connections;

import dev.havenkeep.web.CidrBlock;
import java.time.Clock;
import javax.net.ssl.SSLSocketFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The one {@link Upstream} of the installation. */
@Configuration(proxyBeanMethods = false)
class UpstreamConfiguration {

    /** @param addresses where the well-known providers are, in a laboratory that has its own */
    @Bean
    Upstream upstream(Clock clock, UpstreamProperties properties, ObjectProvider<ProviderAddresses> addresses) {
        NetworkAccess networks = properties.allowedNetworks().isEmpty()
                ? new NetworkAccess.PublicOnly()
                : new NetworkAccess.PublicAnd(properties.allowedNetworks().stream()
                        .map(network -> CidrBlock.parse("haven.connections.allowed-networks", network))
                        .toList());
        return new Upstream(
                clock, networks, addresses.getIfAvailable(() -> ProviderAddresses.PUBLIC), (SSLSocketFactory)
                        SSLSocketFactory.getDefault());
    }
}
