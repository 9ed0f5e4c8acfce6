package dev.havenkeep.audit;

import dev.havenkeep.kernel.Json;
import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.kernel.TeamId;
import dev.havenkeep.web.Page;
import dev.havenkeep.web.Paging;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What was done in a team, newest first: a page at a time, or all of it as a file of JSON lines. */
@RestController
@RequestMapping("/api/v1/teams/{team}/audit-events")
class AuditController {

    private static final String JSON_LINES = "application/x-ndjson";

    private final AuditLog log;
    private final Json json;

    AuditController(AuditLog log, Json json) {
        this.log = log;
        this.json = json;
    }

    /**
     * Lists what was done in a team, newest first.
     *
     * @param actor a person's or a token's id, or a part of a name
     * @param action how the action begins, for example {@code application.}
     * @param target a thing's id, or a part of its name
     * @param since only from this instant on
     * @param until only before this instant
     */
    @GetMapping
    Page<AuditEvent> listAuditEvents(
            @PathVariable("team") TeamId team,
            @RequestParam @Nullable String actor,
            @RequestParam @Nullable String action,
            @RequestParam @Nullable String target,
            @RequestParam @Nullable String since,
            @RequestParam @Nullable String until,
            @RequestParam @Nullable Integer limit,
            @RequestParam @Nullable String cursor) {
        return log.find(
                new AuditQuery(team, actor, action, target, instant("since", since), instant("until", until)),
                Paging.of(limit, cursor));
    }

    /**
     * Exports what was done in a team, newest first, as JSON lines.
     *
     * @param actor a person's or a token's id, or a part of a name
     * @param action how the action begins, for example {@code application.}
     * @param target a thing's id, or a part of its name
     * @param since only from this instant on
     * @param until only before this instant
     */
    @GetMapping(path = "/export", produces = JSON_LINES)
    void exportAuditEvents(
            @PathVariable("team") TeamId team,
            @RequestParam @Nullable String actor,
            @RequestParam @Nullable String action,
            @RequestParam @Nullable String target,
            @RequestParam @Nullable String since,
            @RequestParam @Nullable String until,
            HttpServletResponse response)
            throws IOException {
        AuditQuery query =
                new AuditQuery(team, actor, action, target, instant("since", since), instant("until", until));
        response.setContentType(JSON_LINES);
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"audit-" + team + ".ndjson\"");
        ServletOutputStream out = response.getOutputStream();
        log.forEach(query, event -> write(out, event));
    }

    private void write(ServletOutputStream out, AuditEvent event) {
        try {
            out.write(json.write(event).getBytes(StandardCharsets.UTF_8));
            out.write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable Instant instant(String parameter, @Nullable String text) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new ProblemException(
                    Problem.invalid(parameter, "must be an instant such as 2026-01-31T12:00:00Z"), e);
        }
    }
}
