package dev.havenkeep.applications;

import dev.havenkeep.kernel.ApplicationId;
import dev.havenkeep.kernel.Database;
import dev.havenkeep.kernel.Ids;
import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.kernel.Secret;
import dev.havenkeep.web.Page;
import dev.havenkeep.web.Paging;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;

/** Changes the variables of applications. They take effect with the next deployment. */
@Service
class Variables {

    private static final int MOST = 1_000;
    /** Leaves room below Linux's limit of a quarter of the stack for arguments and environment together. */
    private static final int MOST_BYTES = 1 << 20;

    private final ApplicationStore store;
    private final Applications applications;
    private final Database database;
    private final Ids ids;
    private final InstantSource clock;
    private final ApplicationEventPublisher events;

    Variables(
            ApplicationStore store,
            Applications applications,
            Database database,
            Ids ids,
            InstantSource clock,
            ApplicationEventPublisher events) {
        this.store = store;
        this.applications = applications;
        this.database = database;
        this.ids = ids;
        this.clock = clock;
        this.events = events;
    }

    /**
     * What a request wants a variable to be.
     *
     * @param value absent keeps the value that a variable of this name has
     */
    record Wanted(
            EnvironmentVariableName name,
            @Nullable Secret value,
            Variable.Kind kind,
            Variable.Availability availability) {}

    Page<Variable> list(ApplicationId application, Paging paging) {
        return Page.of(
                store.variables(application, paging),
                paging,
                variable -> variable.id().value());
    }

    Variable create(ApplicationId application, Wanted wanted) {
        return database.transaction(() -> {
            Application owner = writable(application);
            if (named(application, wanted.name()) != null) {
                throw taken(wanted.name());
            }
            Variable variable = variable(new VariableId(ids.next()), wanted, null, "value", clock.instant());
            store.insert(application, variable);
            return finish(owner, variable, "variable.created");
        });
    }

    Variable replace(ApplicationId application, VariableId id, Wanted wanted) {
        return database.transaction(() -> {
            Application owner = writable(application);
            Variable before = get(application, id);
            Variable other = named(application, wanted.name());
            if (other != null && !other.id().equals(id)) {
                throw taken(wanted.name());
            }
            Variable variable = variable(id, wanted, before, "value", clock.instant());
            store.update(variable);
            return finish(owner, variable, "variable.changed");
        });
    }

    void delete(ApplicationId application, VariableId id) {
        database.transaction(() -> {
            Application owner = writable(application);
            Variable before = get(application, id);
            store.delete(id);
            store.changed(application, clock.instant());
            publish(owner, "variable.deleted", Map.of("variable", before.name().value()));
        });
    }

    /** Makes the variables exactly these, in one step. */
    List<Variable> replaceAll(ApplicationId application, List<Wanted> wanted) {
        return database.transaction(() -> {
            Application owner = writable(application);
            Map<EnvironmentVariableName, Variable> before = new HashMap<>();
            store.variables(application).forEach(variable -> before.put(variable.name(), variable));
            Set<EnvironmentVariableName> names = new HashSet<>();
            List<Variable> after = new ArrayList<>();
            for (int i = 0; i < wanted.size(); i++) {
                Wanted one = wanted.get(i);
                if (!names.add(one.name())) {
                    throw Accepted.refusal("items[" + i + "].name", "is there twice: " + one.name());
                }
                Variable old = before.get(one.name());
                VariableId id = old == null ? new VariableId(ids.next()) : old.id();
                after.add(variable(id, one, old, "items[" + i + "].value", clock.instant()));
            }
            before.values().stream()
                    .filter(variable -> !names.contains(variable.name()))
                    .forEach(variable -> store.delete(variable.id()));
            for (Variable variable : after) {
                Variable old = before.get(variable.name());
                if (old == null) {
                    store.insert(application, variable);
                } else {
                    store.update(variable);
                }
            }
            checkSize(after);
            store.changed(application, clock.instant());
            publish(
                    owner,
                    "variables.replaced",
                    Map.of(
                            "variables",
                            after.stream()
                                    .map(variable -> variable.name().value())
                                    .toList()));
            return store.variables(application);
        });
    }

    private Variable finish(Application owner, Variable variable, String action) {
        checkSize(store.variables(owner.id()));
        store.changed(owner.id(), variable.changedAt());
        publish(
                owner,
                action,
                Map.of(
                        "variable",
                        variable.name().value(),
                        "value",
                        "[secret]",
                        "kind",
                        variable.kind().text(),
                        "availability",
                        variable.availability().text()));
        return variable;
    }

    private static Variable variable(
            VariableId id, Wanted wanted, @Nullable Variable before, String path, Instant now) {
        Secret value = wanted.value() == null && before != null ? before.value() : wanted.value();
        if (value == null) {
            throw Accepted.refusal(path, "is required");
        }
        if (wanted.value() == null
                && before != null
                && before.kind() == Variable.Kind.SECRET
                && wanted.kind() == Variable.Kind.PLAIN) {
            throw Accepted.refusal(path, "must be given anew to make a secret plain, since secrets are never shown");
        }
        return new Variable(id, wanted.name(), value, wanted.kind(), wanted.availability(), now);
    }

    private Application writable(ApplicationId id) {
        Application application = applications.get(id);
        if (application.record().deletion() != null) {
            throw Applications.beingDeleted();
        }
        return application;
    }

    private Variable get(ApplicationId application, VariableId id) {
        return store.ownerOf(id.value())
                .filter(application::equals)
                .flatMap(owner -> store.variable(id))
                .orElseThrow(
                        () -> new ProblemException(Problem.notFound("The application has no variable with this id.")));
    }

    private @Nullable Variable named(ApplicationId application, EnvironmentVariableName name) {
        return store.variables(application).stream()
                .filter(variable -> variable.name().equals(name))
                .findAny()
                .orElse(null);
    }

    private void publish(Application owner, String action, Map<String, Object> changes) {
        events.publishEvent(Applications.audited(action, owner, changes));
        events.publishEvent(new ApplicationChanged(owner.id(), owner.scope(), ApplicationChanged.Change.CONFIGURED));
    }

    private static void checkSize(List<Variable> variables) {
        long bytes = 0;
        for (Variable variable : variables) {
            bytes += variable.name().value().getBytes(StandardCharsets.UTF_8).length
                    + (long) variable.value().reveal().getBytes(StandardCharsets.UTF_8).length;
        }
        if (variables.size() > MOST || bytes > MOST_BYTES) {
            throw Accepted.refusal(
                    "variables",
                    "may be " + MOST + " with " + MOST_BYTES + " bytes in all; move large values into a volume");
        }
    }

    private static ProblemException taken(EnvironmentVariableName name) {
        return new ProblemException(Problem.conflict(
                "name-taken",
                "The name is taken",
                "The application already has this variable; change that one, or choose another name than " + name
                        + "."));
    }
}
