package dev.havenkeep.web;

import dev.havenkeep.kernel.DiskFull;
import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.TypeMismatchException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MissingPathVariableException;
import org.springframework.web.bind.MissingRequestCookieException;
import org.springframework.web.bind.MissingRequestHeaderException;
import org.springframework.web.bind.MissingRequestValueException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import tools.jackson.core.JacksonException;

/** Says which problem any failure is: ours as it stands, the framework's by kind, anything else as 500. */
final class ProblemTranslation {

    static final Problem UNAUTHENTICATED =
            Problem.unauthenticated("Sign in, or send an API token as a bearer token in the Authorization header.");
    static final Problem FORBIDDEN = Problem.forbidden("Your role or token does not allow this.");
    private static final Problem INTERNAL = Problem.of(
            500,
            "internal-error",
            "Something went wrong here",
            "This is our fault, not yours. Please report it together with the request id.");
    private static final Problem UNAVAILABLE = Problem.of(
                    503,
                    "database-unavailable",
                    "The database does not answer",
                    "Havenkeep cannot reach its database at the moment. Try again shortly.")
            .with("retryAfterSeconds", 5);

    /** Whether the failure is only that nobody is left to answer. */
    static boolean callerHasGone(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof AsyncRequestNotUsableException
                    || (cause instanceof IOException
                            && cause.getClass().getSimpleName().equals("ClientAbortException"))) {
                return true;
            }
        }
        return false;
    }

    Problem problem(Exception failure) {
        Optional<Problem> ours = problemIn(failure);
        return switch (failure) {
            case ProblemException refused -> refused.problem();
            case HttpMessageNotReadableException unreadable -> unreadable(unreadable, ours);
            case MissingRequestValueException missing -> Problem.invalid(nameOf(missing), "is required");
            case TypeMismatchException mismatch -> ours.orElseGet(() -> mismatch(mismatch));
            case HttpRequestMethodNotSupportedException refused -> methodNotAllowed(refused);
            case HttpMediaTypeNotSupportedException refused -> unsupportedMediaType(refused);
            case HttpMediaTypeNotAcceptableException _ -> ofStatus(406);
            case AuthenticationException _ -> ours.orElse(UNAUTHENTICATED);
            case AccessDeniedException _ -> ours.orElse(FORBIDDEN);
            case DuplicateKeyException _ ->
                Problem.conflict(
                        "already-exists",
                        "It exists already",
                        "Something with the same unique value was made at the same moment. Read it, or choose another.");
            case DataAccessResourceFailureException _, CannotCreateTransactionException _ ->
                DiskFull.causedBy(failure) ? DiskFull.PROBLEM : UNAVAILABLE;
            case ErrorResponse known ->
                ours.orElseGet(() -> ofStatus(known.getStatusCode().value()));
            default -> ours.orElseGet(() -> DiskFull.causedBy(failure) ? DiskFull.PROBLEM : INTERNAL);
        };
    }

    /** A problem for a status that says it all, as the servlet container reports it. */
    static Problem ofStatus(int status) {
        return switch (status) {
            case 400 ->
                Problem.malformed("The request is not valid HTTP for this resource. Compare it with the API document.");
            case 401 -> UNAUTHENTICATED;
            case 403 -> FORBIDDEN;
            case 404 -> Problem.notFound("There is nothing at this address. The API document is at /openapi.json.");
            case 405 ->
                Problem.of(405, "method-not-allowed", "Method not allowed", "This resource has no such method.");
            case 406 ->
                Problem.of(
                        406,
                        "not-acceptable",
                        "No acceptable form",
                        "This resource has no form that the Accept header names. Accept application/json, or"
                                + " text/event-stream for a stream.");
            case 413 -> bodyTooLarge();
            default -> {
                HttpStatusCode code = HttpStatusCode.valueOf(status);
                if (code.is5xxServerError()) {
                    yield INTERNAL;
                }
                String title = code instanceof HttpStatus known ? known.getReasonPhrase() : "Refused";
                yield Problem.of(
                        status,
                        title.toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z]+", "-"),
                        title,
                        "The request was refused with status " + status + ".");
            }
        };
    }

    static Problem bodyTooLarge() {
        return Problem.of(
                413,
                "body-too-large",
                "The body is too large",
                "The request's body is larger than this resource accepts. Send less at a time.");
    }

    private static Problem unreadable(HttpMessageNotReadableException failure, Optional<Problem> ours) {
        Throwable cause = failure.getCause();
        if (cause instanceof JacksonException json) {
            return JsonFailure.problem(json, ours);
        }
        return ours.orElseGet(() -> Problem.malformed(
                cause == null
                        ? "The request needs a JSON body."
                        : "The request's body ended early or could not be read. Send it again."));
    }

    private static Problem methodNotAllowed(HttpRequestMethodNotSupportedException refused) {
        String[] supported = refused.getSupportedMethods();
        List<String> allowed = supported == null ? List.of() : List.of(supported);
        return Problem.of(
                        405,
                        "method-not-allowed",
                        "Method not allowed",
                        "This resource has no " + refused.getMethod() + "; it has " + String.join(", ", allowed) + ".")
                .with("allowed", allowed);
    }

    private static Problem unsupportedMediaType(HttpMediaTypeNotSupportedException refused) {
        List<String> accepted = new ArrayList<>();
        refused.getSupportedMediaTypes().forEach(type -> accepted.add(type.toString()));
        return Problem.of(
                415,
                "unsupported-media-type",
                "Unsupported media type",
                "Send the body as application/json (or application/merge-patch+json for PATCH) and say so in"
                        + " Content-Type.");
    }

    private static Problem mismatch(TypeMismatchException failure) {
        String name = failure instanceof MethodArgumentTypeMismatchException argument
                ? argument.getName()
                : String.valueOf(failure.getPropertyName());
        return Problem.invalid(name, JsonFailure.accepted(failure.getRequiredType()));
    }

    private static String nameOf(MissingRequestValueException missing) {
        return switch (missing) {
            case MissingServletRequestParameterException parameter -> parameter.getParameterName();
            case MissingRequestHeaderException header -> header.getHeaderName();
            case MissingRequestCookieException cookie -> cookie.getCookieName();
            case MissingPathVariableException variable -> variable.getVariableName();
            default -> "request";
        };
    }

    private static Optional<Problem> problemIn(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProblemException refused) {
                return Optional.of(refused.problem());
            }
        }
        return Optional.empty();
    }
}
