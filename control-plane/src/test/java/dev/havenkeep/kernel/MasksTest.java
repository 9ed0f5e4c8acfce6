package dev.havenkeep.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class MasksTest {

    @Test
    void blotsAValueInEveryUsualForm() {
        String value = "p@ss \"word\"/+";
        Masks masks = new Masks(List.of(Secret.of(value)));

        assertThat(masks.apply("a " + value + " b " + value)).isEqualTo("a [secret] b [secret]");
        assertThat(masks.apply("url p%40ss+%22word%22%2F%2B")).isEqualTo("url [secret]");
        assertThat(masks.apply("url p%40ss%20%22word%22%2F%2B")).isEqualTo("url [secret]");
        assertThat(masks.apply("json p@ss \\\"word\\\"/+")).isEqualTo("json [secret]");
        assertThat(masks.apply("b64 " + Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8))))
                .isEqualTo("b64 [secret]");
    }

    @Test
    void blotsAValueInHexadecimalAndAsAPartOfSomethingLonger() {
        Masks masks = new Masks(List.of(Secret.of("hunter2hunter2")));

        assertThat(masks.apply("68756e7465723268756e74657232")).isEqualTo("[secret]");
        for (String user : List.of("a", "bo", "eve", "dave")) {
            String basic =
                    Base64.getEncoder().encodeToString((user + ":hunter2hunter2").getBytes(StandardCharsets.UTF_8));
            assertThat(masks.apply("Authorization: Basic " + basic))
                    .contains("[secret]")
                    .hasSizeLessThan(45);
        }
    }

    @Test
    void blotsEachLineOfAKey() {
        Masks masks = new Masks(List.of(Secret.of("-----BEGIN-----\nMIIEvQIBADAN\nBgkqhkiG9w0B\n")));

        assertThat(masks.apply("got MIIEvQIBADAN")).isEqualTo("got [secret]");
    }

    @Test
    void blotsTheLongerOfTwoThatOverlap() {
        Masks masks = new Masks(List.of(Secret.of("abcd"), Secret.of("abcdefgh")));

        assertThat(masks.apply("x abcdefgh abcd")).isEqualTo("x [secret] [secret]");
    }

    @Test
    void leavesTheRestAndVeryShortValuesAlone() {
        Masks masks = new Masks(List.of(Secret.of("1"), Secret.of("")));

        assertThat(masks.apply("1 + 1 = 2")).isEqualTo("1 + 1 = 2");
    }
}
