package dev.havenkeep.edge.certificates;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where automatic certificates come from.
 *
 * @param directory the directory URL of an ACME server (RFC 8555 section 7.1.1)
 * @param contact an e-mail address that the ACME server may write to
 * @param trust a PEM file of the authority behind the directory's own certificate, when it is not a public one
 */
@ConfigurationProperties("haven.acme")
public record AcmeProperties(
        @DefaultValue("https://acme-v02.api.letsencrypt.org/directory")
        String directory,

        @Nullable String contact,
        @Nullable Path trust) {}
