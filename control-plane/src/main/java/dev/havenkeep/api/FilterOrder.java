package dev.havenkeep.api;

/**
 * The order of what stands before the controllers. The outermost is the web module's request filter; then Spring
 * Security's chain (at -100) says who asks; these come after it.
 */
final class FilterOrder {

    static final int RATE_LIMIT = -90;
    static final int BODY_LIMIT = -80;
    static final int PAGES = -70;
    static final int IDEMPOTENCY = -60;

    private FilterOrder() {}
}
