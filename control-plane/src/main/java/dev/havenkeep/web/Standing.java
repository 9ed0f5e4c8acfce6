package dev.havenkeep.web;

import dev.havenkeep.kernel.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What must stay true while an answer goes on: that the session or token is still valid, that the caller may still see
 * this. It was checked when the request began; a stream that lasts for hours checks it again and again, so that who is
 * signed out or loses a role stops hearing.
 */
public final class Standing {

    private static final String ATTRIBUTE = Standing.class.getName();

    private final List<Runnable> conditions = new CopyOnWriteArrayList<>();

    private Standing() {}

    /**
     * Adds something that must stay true for this request.
     *
     * @param condition throws the {@link ProblemException} that the caller is told when it is not true any more
     */
    public static void require(HttpServletRequest request, Runnable condition) {
        of(request).conditions.add(condition);
    }

    static Standing of(HttpServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof Standing known) {
            return known;
        }
        Standing made = new Standing();
        request.setAttribute(ATTRIBUTE, made);
        return made;
    }

    /** @throws ProblemException when something is not true any more */
    void check() {
        conditions.forEach(Runnable::run);
    }
}
