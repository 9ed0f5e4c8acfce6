/**
 * What tests share: the application booted for real, both databases, a clock that tests move, and an HTTP client. It
 * holds no mock of a type of ours. A test that says {@link dev.havenkeep.testing.OnBothDatabases} runs twice.
 */
@NullMarked
package dev.havenkeep.testing;

import org.jspecify.annotations.NullMarked;
