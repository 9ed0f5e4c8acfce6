package dev.havenkeep.connections;

import dev.havenkeep.credentials.EmailAddress;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * For which e-mail addresses a generic upstream's word counts as proof that they are the person's own. It is a decision
 * of whoever configures the connection: an upstream can write any address into its tokens.
 *
 * @param reach for which addresses at all
 * @param domains the domains, when only some are meant; subdomains are domains of their own
 * @param needsVerifiedClaim whether {@code email_verified} must say so too. Without it, an address is still not trusted
 *     when the claim is there and says that it is not verified
 */
public record EmailAuthority(Reach reach, Set<String> domains, boolean needsVerifiedClaim) {

    /** For which addresses. */
    public enum Reach {
        NONE,
        DOMAINS,
        ALL
    }

    public EmailAuthority {
        domains = domains.stream()
                .map(domain -> domain.strip().toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The upstream is trusted for no address. */
    public static EmailAuthority none() {
        return new EmailAuthority(Reach.NONE, Set.of(), true);
    }

    /** The upstream is trusted for verified addresses of these domains. */
    public static EmailAuthority of(String... domains) {
        return new EmailAuthority(Reach.DOMAINS, Set.of(domains), true);
    }

    /** The upstream is trusted for every address that it calls verified. */
    public static EmailAuthority all() {
        return new EmailAuthority(Reach.ALL, Set.of(), true);
    }

    /**
     * What is to be made of an address that the upstream named.
     *
     * @param verified the claim that says whether it is verified, as the upstream sent it
     */
    UpstreamEmail judge(EmailAddress address, Claims.Truth verified) {
        if (verified == Claims.Truth.NO || (needsVerifiedClaim && verified == Claims.Truth.UNSAID)) {
            return new UpstreamEmail.Unverified(address, "the provider does not call the address verified");
        }
        return switch (reach) {
            case NONE ->
                new UpstreamEmail.Unverified(address, "the connection trusts the provider for no e-mail address");
            case ALL -> new UpstreamEmail.Authoritative(address);
            case DOMAINS ->
                domains.contains(UpstreamEmail.domain(address))
                        ? new UpstreamEmail.Authoritative(address)
                        : new UpstreamEmail.Unverified(
                                address, "the connection does not trust the provider for this domain");
        };
    }
}
