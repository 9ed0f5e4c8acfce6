package dev.havenkeep.kernel;

/**
 * Who may do what. The teams module implements it from memberships, grants and tokens; the interceptor that authorises
 * every endpoint asks it, and so does a module that must leave out of a list what the caller may not see. A
 * {@link Caller.Kind#SYSTEM} caller may do everything, an anonymous one nothing.
 */
public interface AccessRules {

    /** Whether the caller may do this to things in this scope, with every limit of their token applied. */
    boolean allows(Caller caller, Permission permission, Scope scope);

    /**
     * Whether the caller may know that something exists in this scope: they hold some permission in it, or in a part
     * of it (a grant on one project lets its holder know the team). Where they may not, the answer is 404 and not 403.
     */
    boolean mayKnow(Caller caller, Scope scope);
}
