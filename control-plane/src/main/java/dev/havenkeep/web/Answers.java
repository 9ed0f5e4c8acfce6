package dev.havenkeep.web;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What an endpoint answers with a status, for the API document, where the method's signature cannot say: it answers
 * with one type or another.
 */
@Repeatable(Answers.All.class)
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Answers {

    /** The HTTP status. */
    int status();

    /** The type of the body that goes with it. */
    Class<?> with();

    /** Several of them. */
    @Target(ElementType.METHOD)
    @Retention(RetentionPolicy.RUNTIME)
    @interface All {
        /** One for each status. */
        Answers[] value();
    }
}
