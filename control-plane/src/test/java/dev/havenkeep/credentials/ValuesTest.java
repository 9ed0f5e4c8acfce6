package dev.havenkeep.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.kernel.Secret;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {

    @ParameterizedTest
    @CsvSource({
        "name@example.com,              name@example.com",
        "' Name+tag@EXAMPLE.com ',      name+tag@example.com",
        "ｎａｍｅ＠example.com,            name@example.com",
        "ﬁona@example.com,              fiona@example.com",
        "zoe\u0308@example.com,         zo\u00EB@example.com",
        "name@bücher.example,           name@xn--bcher-kva.example",
        "name@BÜCHER.example,           name@xn--bcher-kva.example",
        "ΣΊΣΥΦΟΣ@example.com,           σίσυφος@example.com",
        "o'brien@example.com,           o'brien@example.com",
        "root@localhost,                root@localhost",
    })
    void addressHasOneForm(String typed, String form) {
        assertThat(EmailAddress.parse("email", typed).value()).isEqualTo(form);
        assertThat(EmailAddress.parse("email", form).value()).isEqualTo(form);
    }

    @Test
    void addressesThatOnlyLookAlikeStayDifferent() {
        assertThat(EmailAddress.parse("email", "mıke@example.com"))
                .isNotEqualTo(EmailAddress.parse("email", "mike@example.com"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "name",
                "@example.com",
                "name@",
                "a b@example.com",
                "a@b@",
                "name@-example.com",
                "name@exa mple.com",
                "name@example..com",
                ".name@example.com",
                "name\r\n@example.com",
                "name@example.com\u0000",
                "\"quoted\"@example.com",
                "<name@example.com>",
                "name@example.com, other@example.com",
                "name@[127.0.0.1]"
            })
    void anythingElseIsNoAddress(String typed) {
        assertThat(EmailAddress.tryParse(typed)).isEmpty();
    }

    @Test
    void addressesOfAbsurdLengthAreRefused() {
        assertThat(EmailAddress.tryParse("a".repeat(65) + "@example.com")).isEmpty();
        assertThat(EmailAddress.tryParse("a@" + "b".repeat(65_536))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "short",
                "elevenchars",
                "aaaaaaaaaaaaaaaa",
                "abababababab",
                "password1234",
                "Password123!",
                "123456789012",
                "qwertyuiopas",
                "abcdefghijklmnop",
                "letmein12345",
                "owner@example.com",
                "OLIVIA OWNER"
            })
    void passwordThatAnybodyWouldTryIsRefused(String password) {
        assertThatThrownBy(() -> NewPassword.parse(
                        "password", Secret.of(password), List.of("owner@example.com", "Olivia Owner")))
                .isInstanceOf(ProblemException.class)
                .message()
                .contains("password");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "correct horse battery staple",
                "Tr0ub4dor&3xyz",
                "пароль из нескольких слов",
                "🐢🦊🐙🦉🐝🌵 turtles"
            })
    void passwordNeedsLengthAndNothingElse(String password) {
        assertThatCode(() -> NewPassword.parse("password", Secret.of(password), List.of()))
                .doesNotThrowAnyException();
    }

    @Test
    void passwordIsTheSameHoweverItsAccentsWereTyped() {
        PasswordHasher hasher = new PasswordHasher();
        String hash =
                hasher.hash(NewPassword.parse("password", Secret.of("cre\u0300me bru\u0302le\u0301e"), List.of()));

        assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        assertThat(hasher.matches(Secret.of("cr\u00E8me br\u00FBl\u00E9e"), hash))
                .isTrue();
        assertThat(hasher.matches(Secret.of("creme brulee"), hash)).isFalse();
        assertThat(hasher.matches(Secret.of("anything"), null)).isFalse();
        assertThat(hasher.matches(Secret.of("x".repeat(65_536)), hash)).isFalse();
    }

    @Test
    void addressWithoutAnAccountCostsTheSameWork() {
        PasswordHasher hasher = new PasswordHasher();
        String hash = hasher.hash(NewPassword.parse("password", Secret.of("correct horse battery"), List.of()));
        Secret guess = Secret.of("a wrong passphrase");
        hasher.matches(guess, hash);

        long known = leastWork(() -> hasher.matches(guess, hash));
        long unknown = leastWork(() -> hasher.matches(guess, null));

        assertThat((double) unknown / known).isBetween(0.5, 2.0);
    }

    /** In nanoseconds of this thread's own processor time, which a busy machine does not stretch. */
    private static long leastWork(Runnable work) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            long begin = threads.getCurrentThreadCpuTime();
            work.run();
            least = Math.min(least, threads.getCurrentThreadCpuTime() - begin);
        }
        return least;
    }
}
