package dev.havenkeep.kernel;

import java.util.Optional;

/**
 * Says where the thing lives that a path variable names, so that one interceptor can authorise every endpoint. Each
 * module has one bean per path variable that its endpoints use.
 */
public interface ScopeResolver {

    /** The name of the path variable, for example {@code application}. */
    String pathVariable();

    /** The scope of the thing with this id; empty when there is none. */
    Optional<Scope> resolve(String id);
}
