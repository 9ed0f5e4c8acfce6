package dev.havenkeep.web;

import dev.havenkeep.kernel.Problem;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** The one place where what a controller threw becomes an RFC 9457 answer. */
@RestControllerAdvice
class ProblemAdvice {

    private final ProblemAnswers answers;

    ProblemAdvice(ProblemAnswers answers) {
        this.answers = answers;
    }

    @ExceptionHandler
    @Nullable
    ResponseEntity<ProblemBody> anything(HttpServletRequest request, Exception failure) {
        if (ProblemTranslation.callerHasGone(failure)) {
            return null;
        }
        return answer(answers.translate(request, failure));
    }

    private static ResponseEntity<ProblemBody> answer(Problem problem) {
        return ResponseEntity.status(problem.status())
                .headers(ProblemAnswers.headersOf(problem))
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(ProblemBody.of(problem));
    }

    /** What the servlet container refuses by itself comes here. */
    @RestController
    static class ContainerErrors implements ErrorController {

        @RequestMapping("${server.error.path:/error}")
        ResponseEntity<ProblemBody> containerError(HttpServletRequest request) {
            Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
            return answer(ProblemTranslation.ofStatus(status instanceof Integer code ? code : 404));
        }
    }
}
