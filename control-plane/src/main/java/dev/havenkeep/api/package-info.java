/**
 * The contract that every endpoint shares: who may do what (one table), idempotency, rate limits, limits of size,
 * health, metrics, and the OpenAPI document. It stands on top of the feature modules and no module depends on it. What
 * it refuses is refused before a controller runs.
 */
@NullMarked
@ApplicationModule
package dev.havenkeep.api;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
