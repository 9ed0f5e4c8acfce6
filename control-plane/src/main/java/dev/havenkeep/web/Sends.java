package dev.havenkeep.web;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * An event that an endpoint's {@link EventStream} may send, for the API document, where the method's signature cannot
 * say. Every stream may send {@code problem} besides.
 */
@Repeatable(Sends.All.class)
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Sends {

    /** The event's type. */
    String event();

    /** What its data is, in JSON. */
    Class<?> with();

    /** Several of them. */
    @Target(ElementType.METHOD)
    @Retention(RetentionPolicy.RUNTIME)
    @interface All {
        /** One for each type of event. */
        Sends[] value();
    }
}
