package dev.havenkeep.pages.view;

import org.jspecify.annotations.Nullable;

/**
 * A scope that a client asks for. The standard ones (OpenID Connect Core 1.0, section 5.4 and 11) are said in the
 * reader's language.
 *
 * @param name as in the request
 * @param description what it allows, by whoever made the API; null for a standard one
 */
public record RequestedScope(String name, @Nullable String description) {}
