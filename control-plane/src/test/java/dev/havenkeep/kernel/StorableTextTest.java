package dev.havenkeep.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StorableTextTest {

    @ParameterizedTest
    @ValueSource(strings = {"a\0b", "\0", "\ud83d", "\ude80 first", "a\ud83d\ud83d\ude80"})
    void whatNoDatabaseCanKeepIsRefused(String text) {
        assertThat(StorableText.is(text)).isFalse();
        assertThatThrownBy(() -> StorableText.require("reason", text))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(
                                        refused.problem().fields().getFirst().path())
                                .isEqualTo("reason"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two\nlines\u001b[2J", "🚀 👩‍👩‍👧 \u202e"})
    void everythingElseIsTaken(String text) {
        assertThat(StorableText.require("reason", text)).isEqualTo(text);
    }
}
