package dev.havenkeep.safety;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Nobody adds a field to the API without saying where it goes: see {@code writable-fields.txt}. */
class WritableFieldsTest {

    @Test
    void everyTextIsDecidedAbout() {
        assertThat(WritableFields.read().undecided(ApiField.all())).isEmpty();
    }

    @Test
    void everyFieldHasAnExampleThatHasIt() {
        List<String> without = ApiField.all().stream()
                .filter(ApiField::inBody)
                .filter(field -> Examples.variant(field) < 0)
                .map(ApiField::id)
                .toList();

        assertThat(without).as("fields that no body in Examples has").isEmpty();
    }
}
