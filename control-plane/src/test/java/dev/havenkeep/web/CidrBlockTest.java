package dev.havenkeep.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.havenkeep.kernel.ProblemException;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CidrBlockTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8,        10.255.255.255, true",
        "10.0.0.0/8,        11.0.0.0,       false",
        "0.0.0.0/0,         203.0.113.9,    true",
        "0.0.0.0/0,         2001:db8::1,    false",
        "203.0.113.9,       203.0.113.9,    true",
        "203.0.113.9/32,    203.0.113.8,    false",
        "192.168.4.0/22,    192.168.7.255,  true",
        "192.168.4.0/22,    192.168.8.0,    false",
        "2001:db8::/32,     2001:db8:ffff::1, true",
        "2001:db8::/33,     2001:db8:8000::1, false",
        "::1,               ::1,            true",
        "127.0.0.0/8,       ::ffff:127.0.0.1, true",
    })
    void blockContainsWhatItsFirstBitsSay(String block, String address, boolean contained) {
        assertThat(CidrBlock.parse("network", block).contains(InetAddress.ofLiteral(address)))
                .isEqualTo(contained);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "example.com",
                "localhost",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/",
                "10.0.0/8",
                "1",
                "2001:db8::/129",
                "fe80::1%eth0/64",
                "10.0.0.0/8/8",
                "٣.٣.٣.٣",
                "10.0.0.0/٨",
                "256.1.1.1",
                ":::"
            })
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> CidrBlock.parse("network", text))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("network");
    }

    @Test
    void bitsBeyondThePrefixAreAskedAbout() {
        assertThatThrownBy(() -> CidrBlock.parse("network", "203.0.113.7/24"))
                .hasMessageContaining("did you mean 203.0.113.0/24 or 203.0.113.7?");
    }

    @Test
    void neighboursShareANetwork() {
        assertThat(ClientAddresses.network("203.0.113.7")).isEqualTo("203.0.113.7/32");
        assertThat(ClientAddresses.network("2001:db8:1:2:3:4:5:6")).isEqualTo("2001:db8:1:2:0:0:0:0/64");
        assertThat(ClientAddresses.network("not an address")).isEqualTo("not an address");
    }
}
