package dev.havenkeep.web;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What stands in front of the control plane.
 *
 * @param trustedProxies networks (CIDR) whose {@code X-Forwarded-*} headers are believed; none by default
 */
@ConfigurationProperties("haven")
record ProxyProperties(@DefaultValue List<String> trustedProxies) {}
