package dev.havenkeep.bench;

/** A benchmark could not be carried out, as opposed to having missed its budget. */
class BenchmarkFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BenchmarkFailure(String message) {
        super(message);
    }

    BenchmarkFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
