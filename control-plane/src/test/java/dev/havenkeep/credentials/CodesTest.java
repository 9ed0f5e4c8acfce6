package dev.havenkeep.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.havenkeep.kernel.Secret;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Recovery codes, mailed codes and mailed links. */
class CodesTest {

    private static final Secret KEY = Secret.of("a key of the test's own, long enough for an HMAC");
    private static final EmailAddress ANNA = EmailAddress.parse("email", "anna@example.com");

    @Test
    void tenRecoveryCodesAreMadeInFourReadableGroups() {
        List<RecoveryCode> codes = RecoveryCode.generate();

        assertThat(codes).hasSize(10).doesNotHaveDuplicates();
        assertThat(codes)
                .allSatisfy(code ->
                        assertThat(code.text().reveal()).matches("[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}"));
        assertThat(codes)
                .allSatisfy(code -> assertThat(code)
                        .asString()
                        .doesNotContain(code.text().reveal().substring(0, 4)));
    }

    @Test
    void recoveryCodeIsReadHoweverItWasTyped() {
        for (RecoveryCode code : RecoveryCode.generate()) {
            String shown = code.text().reveal();

            for (String typed : List.of(
                    shown,
                    shown.replace("-", ""),
                    shown.toLowerCase(Locale.ROOT),
                    "  " + shown.replace("-", " – ") + "\n",
                    shown.replace('0', 'O').replace('1', 'l'),
                    shown.replace('0', 'o').replace('1', 'I'))) {
                assertThat(RecoveryCode.tryParse(typed)).contains(code);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "ABCD-ABCD-ABCD", "ABCD-ABCD-ABCD-ABCU", "ABCD-ABCD-ABCD-ABCD-A", "ÄBCD-ABCD-ABCD-ABCD"})
    void whatIsNoRecoveryCodeIsNobodys(String typed) {
        assertThat(RecoveryCode.tryParse(typed)).isEmpty();
    }

    @Test
    void recoveryCodeIsKeptAsAHashThatIsGoodForItsOwnerOnly() {
        RecoveryCode code = RecoveryCode.generate().getFirst();

        assertThat(code.hash("anna"))
                .matches("[0-9a-f]{64}")
                .isEqualTo(RecoveryCode.tryParse(code.text().reveal())
                        .orElseThrow()
                        .hash("anna"))
                .isNotEqualTo(code.hash("bert"))
                .isNotEqualTo(RecoveryCode.generate().getFirst().hash("anna"));
    }

    @ParameterizedTest
    @ValueSource(ints = {6, 7, 8})
    void mailedCodeHasAsManyDigitsAsAskedFor(int digits) {
        for (int i = 0; i < 200; i++) {
            assertThat(EmailCode.next(digits).text().reveal()).matches("[0-9]{" + digits + "}");
        }
    }

    @Test
    void mailedCodeOfTooFewOrTooManyDigitsIsNotMade() {
        assertThatThrownBy(() -> EmailCode.next(5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> EmailCode.next(9)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"123456,123456", "' 123 456 ',123456", "123-456,123456", "0012 3456,00123456"})
    void mailedCodeIsReadHoweverItWasTyped(String typed, String digits) {
        assertThat(EmailCode.tryParse(typed).orElseThrow().text().reveal()).isEqualTo(digits);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "12345", "123456789", "12345a", "１２３４５６", "123456\u0000"})
    void whatIsNoMailedCodeIsNone(String typed) {
        assertThat(EmailCode.tryParse(typed)).isEmpty();
    }

    @Test
    void mailedCodeMatchesForItsAddressInItsInteractionOnly() {
        EmailCode code = EmailCode.next(6);
        EmailCode typed = EmailCode.tryParse(code.text().reveal()).orElseThrow();
        EmailAddress bert = EmailAddress.parse("email", "bert@example.com");
        String hash = code.hash(KEY, ANNA, "sign-in-1");

        assertThat(typed.matches(hash, KEY, ANNA, "sign-in-1")).isTrue();
        assertThat(typed.matches(hash, KEY, bert, "sign-in-1")).isFalse();
        assertThat(typed.matches(hash, KEY, ANNA, "sign-in-2")).isFalse();
        assertThat(typed.matches(hash, Secret.of("another key"), ANNA, "sign-in-1"))
                .isFalse();
        assertThat(code).asString().doesNotContain(code.text().reveal());
    }

    @Test
    void mailedLinkIsFoundForItsPurposeOnly() {
        LinkToken token = LinkToken.next();
        LinkToken opened = LinkToken.tryParse(token.text().reveal()).orElseThrow();

        assertThat(opened.hash("recovery"))
                .isEqualTo(token.hash("recovery"))
                .isNotEqualTo(token.hash("confirmation"))
                .isNotEqualTo(LinkToken.next().hash("recovery"));
        assertThat(LinkToken.tryParse(token.text().reveal() + "x")).isEmpty();
        assertThat(LinkToken.tryParse("x\n" + token.text().reveal().substring(2)))
                .isEmpty();
        assertThat(LinkToken.tryParse(null)).isEmpty();
    }
}
