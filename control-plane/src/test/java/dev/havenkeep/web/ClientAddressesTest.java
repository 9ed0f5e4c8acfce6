package dev.havenkeep.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.havenkeep.kernel.HavenProperties;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

class ClientAddressesTest {

    private final ClientAddresses direct = addresses(null);
    private final ClientAddresses proxied = addresses(null, "10.0.0.0/8", "fd00::/8");

    @Test
    void forwardedHeadersOfAStrangerAreNotBelieved() {
        MockHttpServletRequest request = request("203.0.113.9");
        request.addHeader("X-Forwarded-For", "127.0.0.1");
        request.addHeader("X-Forwarded-Proto", "https");
        request.addHeader("X-Forwarded-Host", "evil.example");

        assertThat(direct.of(request)).isEqualTo("203.0.113.9");
        assertThat(proxied.of(request)).isEqualTo("203.0.113.9");
        assertThat(proxied.secure(request)).isFalse();
        assertThat(proxied.baseUrl(request)).isEqualTo("http://haven.example");
    }

    @Test
    void nearestUntrustedHopIsTheClientAndWhatItClaimsIsNot() {
        MockHttpServletRequest request = request("10.0.0.2");
        request.addHeader("X-Forwarded-For", "127.0.0.1, 198.51.100.7");
        request.addHeader("X-Forwarded-For", "10.9.9.9");

        assertThat(proxied.of(request)).isEqualTo("198.51.100.7");
    }

    @Test
    void hopThatIsNoAddressEndsTheTrail() {
        MockHttpServletRequest request = request("10.0.0.2");
        request.addHeader("X-Forwarded-For", "198.51.100.7, not-an-address, 10.3.3.3");

        assertThat(proxied.of(request)).isEqualTo("10.3.3.3");
    }

    @Test
    void trustedProxySaysHowPeopleReachUs() {
        MockHttpServletRequest request = request("fd00::1");
        request.addHeader("X-Forwarded-Proto", "https");
        request.addHeader("X-Forwarded-Host", "Paas.Example:443");

        assertThat(proxied.secure(request)).isTrue();
        assertThat(proxied.baseUrl(request)).isEqualTo("https://paas.example");
        assertThat(proxied.sameOrigin(request, "https://paas.example")).isTrue();
    }

    @Test
    void originMustBeOurOwnSite() {
        MockHttpServletRequest request = request("203.0.113.9");
        ClientAddresses named = addresses("https://paas.example");

        assertThat(direct.sameOrigin(request, "http://haven.example")).isTrue();
        for (String origin : List.of(
                "null", "", "http://haven.example.evil", "http://haven.example:81", "file://", "%%", "http://")) {
            assertThat(direct.sameOrigin(request, origin)).as(origin).isFalse();
        }
        assertThat(named.sameOrigin(request, "https://paas.example")).isTrue();
        assertThat(named.baseUrl(request)).isEqualTo("https://paas.example");
    }

    private static MockHttpServletRequest request(String remote) {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", "/api/v1/session");
        request.setRemoteAddr(remote);
        request.addHeader("Host", "haven.example");
        return request;
    }

    private static ClientAddresses addresses(@Nullable String publicUrl, String... trusted) {
        return new ClientAddresses(
                new ProxyProperties(List.of(trusted)),
                new HavenProperties(Path.of("unused"), null, null, null, publicUrl));
    }
}
