package dev.havenkeep.applications;

import dev.havenkeep.kernel.ApplicationId;
import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.kernel.Secret;
import dev.havenkeep.web.Page;
import dev.havenkeep.web.Paging;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** An application's variables over HTTP. A secret's value goes in and never comes out. */
@RestController
class VariableController {

    private final Variables variables;

    VariableController(Variables variables) {
        this.variables = variables;
    }

    /**
     * A variable as requests carry it; a secret's value may be left out to keep the one that is there.
     *
     * @param name unique in the application
     * @param value its value; may be left out for a secret that is there already, to keep it
     * @param kind {@code plain} when absent
     * @param availability {@code run} when absent
     */
    record VariableSpec(
            EnvironmentVariableName name,
            @Nullable Secret value,
            Variable.@Nullable Kind kind,
            Variable.@Nullable Availability availability) {

        VariableSpec {
            if (name == null) {
                throw new ProblemException(Problem.invalid("name", "is required"));
            }
        }

        Variables.Wanted wanted() {
            return new Variables.Wanted(
                    name,
                    value,
                    kind == null ? Variable.Kind.PLAIN : kind,
                    availability == null ? Variable.Availability.RUN : availability);
        }
    }

    /**
     * All variables of an application, as they are to be.
     *
     * @param items all of them; those that are not here are removed
     */
    record VariableList(List<VariableSpec> items) {

        VariableList {
            if (items == null) {
                throw new ProblemException(Problem.invalid("items", "is required"));
            }
            items = List.copyOf(items);
        }
    }

    /**
     * A variable as answers carry it; the value of a secret is left out.
     *
     * @param name unique in the application
     * @param value its value; absent for a secret
     * @param kind whether its value is shown
     * @param secret whether its kind is {@code secret}
     * @param availability what gets to see it
     */
    record VariableView(
            VariableId id,
            EnvironmentVariableName name,
            @Nullable String value,
            Variable.Kind kind,
            boolean secret,
            Variable.Availability availability,
            Instant changedAt) {

        static VariableView of(Variable variable) {
            boolean secret = variable.kind() == Variable.Kind.SECRET;
            return new VariableView(
                    variable.id(),
                    variable.name(),
                    secret ? null : variable.value().reveal(),
                    variable.kind(),
                    secret,
                    variable.availability(),
                    variable.changedAt().truncatedTo(ChronoUnit.MILLIS));
        }
    }

    /** Lists the variables of an application; values of secrets are left out. */
    @GetMapping("/api/v1/applications/{application}/variables")
    Page<VariableView> listVariables(
            @PathVariable ApplicationId application,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return variables.list(application, Paging.of(limit, cursor)).map(VariableView::of);
    }

    /** Adds a variable, which containers get with the next deployment. */
    @PostMapping("/api/v1/applications/{application}/variables")
    ResponseEntity<VariableView> createVariable(
            @PathVariable ApplicationId application, @RequestBody VariableSpec body) {
        Variable created = variables.create(application, body.wanted());
        return ResponseEntity.created(URI.create("/api/v1/applications/" + application + "/variables/" + created.id()))
                .body(VariableView.of(created));
    }

    /**
     * Replaces all variables of an application at once. A secret without a value keeps the one that is there; variables
     * that are not named are removed.
     */
    @PutMapping("/api/v1/applications/{application}/variables")
    Page<VariableView> replaceVariables(@PathVariable ApplicationId application, @RequestBody VariableList body) {
        return new Page<>(
                        variables.replaceAll(
                                application,
                                body.items().stream().map(VariableSpec::wanted).toList()),
                        null)
                .map(VariableView::of);
    }

    /** Replaces a variable. A secret without a value keeps the one that is there. */
    @PutMapping("/api/v1/applications/{application}/variables/{variable}")
    VariableView replaceVariable(
            @PathVariable ApplicationId application,
            @PathVariable VariableId variable,
            @RequestBody VariableSpec body) {
        return VariableView.of(variables.replace(application, variable, body.wanted()));
    }

    /** Removes a variable, which containers lose with the next deployment. */
    @DeleteMapping("/api/v1/applications/{application}/variables/{variable}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void deleteVariable(@PathVariable ApplicationId application, @PathVariable VariableId variable) {
        variables.delete(application, variable);
    }
}
