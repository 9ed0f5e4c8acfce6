package dev.havenkeep.connections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.havenkeep.testing.upstream.Browser;
import dev.havenkeep.testing.upstream.FakeOidcProvider;
import dev.havenkeep.web.CidrBlock;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.net.ssl.SSLSocketFactory;

/** What the tests of sign-ins share: the way there and back. */
final class Journey {

    static final URI CALLBACK = URI.create("https://id.example.com/connections/upstream/callback");
    static final NetworkAccess LOOPBACK =
            new NetworkAccess.PublicAnd(List.of(CidrBlock.parse("networks", "127.0.0.0/8")));

    private Journey() {}

    /** Sign-in at providers on loopback that are quick and brief. */
    static Upstream upstream(Clock clock, ProviderAddresses addresses) {
        return new Upstream(
                clock,
                addresses,
                new UpstreamHttp(
                        LOOPBACK,
                        (SSLSocketFactory) SSLSocketFactory.getDefault(),
                        new UpstreamHttp.Limits(Duration.ofSeconds(30), 256 * 1024)));
    }

    /** Where fakes stand in for the well-known providers; GitHub is none of them. */
    static ProviderAddresses addresses(FakeOidcProvider google, FakeOidcProvider microsoft, FakeOidcProvider apple) {
        return new ProviderAddresses(
                google.base(),
                ProviderAddresses.PUBLIC.github(),
                ProviderAddresses.PUBLIC.githubApi(),
                microsoft.base(),
                apple.base());
    }

    static AuthorizationStart.Redirect start(Upstream upstream, ConnectionSettings settings) {
        return start(upstream, settings, AuthorizationHints.none());
    }

    static AuthorizationStart.Redirect start(Upstream upstream, ConnectionSettings settings, AuthorizationHints hints) {
        AuthorizationStart start = upstream.start("upstream", settings, CALLBACK, hints);
        assertThat(start).isInstanceOf(AuthorizationStart.Redirect.class);
        return (AuthorizationStart.Redirect) start;
    }

    static CallbackParameters parameters(Browser.Return back) {
        assertThat(back.target()).isEqualTo(CALLBACK.toString());
        return parameters(back.parameters());
    }

    static CallbackParameters parameters(Map<String, String> parameters) {
        return new CallbackParameters(parameters.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> List.of(entry.getValue()))));
    }

    /** A whole sign-in. */
    static UpstreamOutcome signIn(Upstream upstream, ConnectionSettings settings) {
        AuthorizationStart.Redirect start = start(upstream, settings);
        PendingAuthorization kept =
                PendingAuthorization.fromJson(start.pending().toJson());
        assertThat(kept).isEqualTo(start.pending());
        return upstream.finish(settings, kept, parameters(Browser.visit(start.location())));
    }

    static UpstreamIdentity proven(UpstreamOutcome outcome) {
        assertThat(outcome).isInstanceOf(UpstreamOutcome.Proven.class);
        return ((UpstreamOutcome.Proven) outcome).identity();
    }

    static void assertFailed(UpstreamOutcome outcome, UpstreamFailure.Code code, String reason) {
        assertThat(outcome).isInstanceOf(UpstreamOutcome.Failed.class);
        UpstreamFailure failure = ((UpstreamOutcome.Failed) outcome).failure();
        assertThat(failure.code()).as(failure.reason()).isEqualTo(code);
        assertThat(failure.reason()).contains(reason);
    }
}
