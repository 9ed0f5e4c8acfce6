package dev.havenkeep.servers;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where Docker Engine listens on the machine that the control plane runs on.
 *
 * @param socket the unix socket
 */
@ConfigurationProperties("haven.engine")
record EngineSocket(@DefaultValue("/var/run/docker.sock") Path socket) {}
