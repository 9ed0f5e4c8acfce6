package dev.havenkeep.kernel;

import org.jspecify.annotations.Nullable;

/**
 * Who is asking, from where, in which request. Every audit event carries it.
 *
 * @param kind what the actor is
 * @param user the person, or the person who made the token; absent for the system and for strangers
 * @param name what to show: an e-mail address, a token's name, or {@code system}
 * @param tokenId the API token used, if any
 * @param address the network address that the request came from, if any
 * @param requestId the request's id, which is also in the answer's {@code X-Request-ID}
 */
public record Caller(
        Kind kind,
        @Nullable UserId user,
        String name,
        @Nullable String tokenId,
        @Nullable String address,
        String requestId) {

    /** What kind of actor it is. */
    public enum Kind {
        PERSON,
        TOKEN,
        SYSTEM,
        ANONYMOUS
    }

    private static final ThreadLocal<@Nullable Caller> CURRENT = new ThreadLocal<>();

    /** Havenkeep itself, at work on its own account. */
    public static Caller system(String requestId) {
        return new Caller(Kind.SYSTEM, null, "system", null, null, requestId);
    }

    /** The caller of the current thread; the system when no request set one. */
    public static Caller current() {
        Caller caller = CURRENT.get();
        return caller == null ? system("-") : caller;
    }

    /** Sets the caller for the current thread until the result is closed, which restores the one before. */
    public static Bound bind(Caller caller) {
        Caller before = CURRENT.get();
        CURRENT.set(caller);
        return () -> {
            if (before == null) {
                CURRENT.remove();
            } else {
                CURRENT.set(before);
            }
        };
    }

    /** Undoes a {@link #bind}. */
    @FunctionalInterface
    public interface Bound extends AutoCloseable {
        @Override
        void close();
    }
}
