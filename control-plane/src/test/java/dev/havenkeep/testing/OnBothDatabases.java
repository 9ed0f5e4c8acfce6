package dev.havenkeep.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.ClassTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs the test class once on SQLite and once on PostgreSQL. Its constructor (or a test method) may ask for
 *
 * <ul>
 *   <li>{@link Havenkeep}: the whole application over HTTP, booted once per database and shared by the test JVM;
 *   <li>{@link dev.havenkeep.kernel.Database}: a migrated database of this class's own, with nothing else running;
 *   <li>{@link Kernel}: the same together with ids, clock, secret box and JSON, to build a store from;
 *   <li>{@link DatabaseKind}: which of the two it is, for example to boot an application of its own.
 * </ul>
 */
@ClassTemplate
@ExtendWith(Databases.class)
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface OnBothDatabases {}
