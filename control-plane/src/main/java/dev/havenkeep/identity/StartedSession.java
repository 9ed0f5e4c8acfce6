package dev.havenkeep.identity;

import dev.havenkeep.kernel.Secret;

/**
 * A session that has just begun.
 *
 * @param secret what the browser's cookie holds; kept nowhere else
 * @param csrfToken what each mutation with that cookie must carry in {@code X-CSRF-Token}
 */
public record StartedSession(String id, User user, Secret secret, String csrfToken) {}
