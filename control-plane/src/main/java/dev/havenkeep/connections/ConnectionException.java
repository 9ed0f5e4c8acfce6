package dev.havenkeep.connections;

/** Carries a failure to where it becomes an outcome; never leaves the module. */
final class ConnectionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient UpstreamFailure failure;

    ConnectionException(UpstreamFailure.Code code, String reason) {
        super(reason, null, false, false);
        this.failure = new UpstreamFailure(code, reason);
    }

    UpstreamFailure failure() {
        return failure;
    }
}
