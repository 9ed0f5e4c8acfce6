package dev.havenkeep.api;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How much one caller may ask of the API.
 *
 * @param requestsPerMinute by one signed-in person or token
 * @param anonymousRequestsPerMinute by one network without credentials
 * @param signInsPerMinute attempts by one network to sign in, set up, or open an invitation
 * @param bodyBytes the largest body of a request
 */
@ConfigurationProperties("haven.limits")
record LimitProperties(
        @DefaultValue("12000") int requestsPerMinute,
        @DefaultValue("1200") int anonymousRequestsPerMinute,
        @DefaultValue("60") int signInsPerMinute,
        @DefaultValue("1048576") int bodyBytes) {

    LimitProperties {
        if (requestsPerMinute < 1 || anonymousRequestsPerMinute < 1 || signInsPerMinute < 1 || bodyBytes < 1) {
            throw new IllegalArgumentException("haven.limits: every limit is at least 1");
        }
    }
}
