package dev.havenkeep.pages.view;

import java.util.List;
import java.util.Optional;

/** Everything that is wrong with what was posted: at most one for a field and one for the whole, in the order of the form. */
public record FormErrors(List<FormError> all) {

    private static final FormErrors NONE = new FormErrors(List.of());

    public FormErrors {
        all = List.copyOf(all);
    }

    /** Nothing is wrong: the form is shown for the first time. */
    public static FormErrors none() {
        return NONE;
    }

    public static FormErrors of(FormError... errors) {
        return new FormErrors(List.of(errors));
    }

    public boolean isEmpty() {
        return all.isEmpty();
    }

    /** What is wrong with the form as a whole. */
    public Optional<FormError> general() {
        return all.stream().filter(error -> error.field() == null).findFirst();
    }

    /** What is wrong with a field. */
    public Optional<FormError> of(String field) {
        return all.stream().filter(error -> field.equals(error.field())).findFirst();
    }
}
