package dev.havenkeep.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.havenkeep.kernel.EnvironmentId;
import dev.havenkeep.kernel.Permission;
import dev.havenkeep.kernel.ProjectId;
import dev.havenkeep.kernel.Scope;
import dev.havenkeep.kernel.ScopeResolver;
import dev.havenkeep.kernel.TeamId;
import dev.havenkeep.testing.Answer;
import dev.havenkeep.testing.Client;
import dev.havenkeep.testing.DatabaseKind;
import dev.havenkeep.testing.Havenkeep;
import dev.havenkeep.testing.OnBothDatabases;
import dev.havenkeep.testing.People;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Walks every operation of the committed API document with every kind of caller, over HTTP, and compares who reaches it
 * with what the document says. A walker's request ends just before the controller, so that walking changes nothing.
 */
@OnBothDatabases
class WalkTest {

    private static final String WALK = "X-Walk";
    /** Stands for one thing of every kind, all in the fixture's environment. */
    private static final String THING = "0192aaaa-0000-7000-8000-00000000cafe";

    private static final List<String> ROLES = List.of("viewer", "developer", "admin", "owner");

    /** The lowest role that holds each permission: written down here a second time on purpose. */
    private static final Map<String, String> LOWEST_ROLE = Map.ofEntries(
            Map.entry("team:read", "viewer"),
            Map.entry("team:write", "admin"),
            Map.entry("team:delete", "owner"),
            Map.entry("members:read", "viewer"),
            Map.entry("members:write", "admin"),
            Map.entry("tokens:write", "developer"),
            Map.entry("audit:read", "admin"),
            Map.entry("servers:read", "viewer"),
            Map.entry("servers:write", "admin"),
            Map.entry("projects:read", "viewer"),
            Map.entry("projects:write", "developer"),
            Map.entry("projects:delete", "admin"),
            Map.entry("applications:read", "viewer"),
            Map.entry("applications:write", "developer"),
            Map.entry("applications:delete", "developer"),
            Map.entry("variables:read", "developer"),
            Map.entry("variables:write", "developer"),
            Map.entry("domains:write", "developer"),
            Map.entry("deployments:read", "viewer"),
            Map.entry("deployments:write", "developer"),
            Map.entry("logs:read", "viewer"),
            Map.entry("realms:read", "viewer"),
            Map.entry("realms:write", "developer"),
            Map.entry("realms:delete", "admin"),
            Map.entry("users:read", "admin"),
            Map.entry("users:write", "admin"));

    private final AtomicReference<@Nullable Scope> place = new AtomicReference<>();
    private final Havenkeep haven;
    private final Map<String, Client> callers = new LinkedHashMap<>();
    private final Map<String, String> ids = new LinkedHashMap<>();

    WalkTest(DatabaseKind kind) {
        haven = Havenkeep.start(kind, Map.of(), this::prepare);
        People people = People.of(haven);
        Client owner = people.owner().client();
        String team = people.team();
        String project = owner.post("/api/v1/teams/" + team + "/projects", Map.of("name", "Walked"))
                .expect(201)
                .text("id");
        String environment =
                owner.get("/api/v1/projects/" + project + "/environments").text("/items/0/id");
        place.set(new Scope(new TeamId(team), new ProjectId(project), new EnvironmentId(environment)));
        ids.put("team", team);
        ids.put("project", project);
        ids.put("environment", environment);
        callers.put("owner", owner);
        for (String role : ROLES.subList(0, 3)) {
            callers.put(role, people.join(role).client());
        }
        String elsewhere = people.newTeam("Elsewhere");
        callers.put(
                "stranger",
                people.join(people.owner(), elsewhere, "owner", List.of()).client());
        callers.put("nobody", haven.anonymous());
        List<String> reading = Arrays.stream(Permission.values())
                .filter(Permission::readOnly)
                .map(Permission::text)
                .toList();
        callers.put(
                "read-only token",
                haven.anonymous()
                        .withToken(people.token(
                                        people.owner(),
                                        team,
                                        Map.of("name", "reader", "permissions", reading, "readOnly", true))
                                .expect(201)
                                .text("token")));
    }

    @AfterEach
    void stop() {
        haven.close();
    }

    @Test
    void everyOperationIsReachedByExactlyThoseWhoMay() throws IOException {
        List<String> faults = new ArrayList<>();
        int walked = 0;
        for (Operation operation : operations()) {
            for (Map.Entry<String, Client> caller : callers.entrySet()) {
                Expected expected = expected(operation.permission(), caller.getKey());
                Answer answer = caller.getValue()
                        .with(WALK, "yes")
                        .send(operation.method(), address(operation.path()), null, null);
                boolean reached = answer.status() == HttpServletResponse.SC_NO_CONTENT
                        && answer.headers().firstValue(WALK).isPresent();
                boolean asExpected = expected == Expected.REACHED ? reached : answer.status() == expected.status;
                walked++;
                if (!asExpected) {
                    faults.add(operation.method() + " " + operation.path() + " (" + operation.permission() + ") as "
                            + caller.getKey() + ": expected " + expected + " but was " + answer.status() + " "
                            + answer.body());
                }
            }
        }

        assertThat(faults).isEmpty();
        assertThat(walked).isGreaterThan(300);
    }

    @Test
    void thingIsNotFoundUnderATeamThatItDoesNotBelongTo() {
        People people = People.of(haven);
        String other = people.newTeam("Not its team");
        for (String kind : List.of("members", "invitations", "tokens")) {
            people.owner()
                    .client()
                    .with(WALK, "yes")
                    .delete("/api/v1/teams/" + other + "/" + kind + "/" + THING)
                    .expectProblem(404, "not-found");
        }
    }

    private enum Expected {
        REACHED(204),
        UNAUTHENTICATED(401),
        FORBIDDEN(403),
        NOT_FOUND(404);

        private final int status;

        Expected(int status) {
            this.status = status;
        }
    }

    private static Expected expected(String permission, String caller) {
        boolean nobody = caller.equals("nobody");
        boolean token = caller.equals("read-only token");
        return switch (permission) {
            case "public", "local-or-signed-in" -> Expected.REACHED;
            case "signed-in" -> nobody ? Expected.UNAUTHENTICATED : Expected.REACHED;
            case "person" -> nobody ? Expected.UNAUTHENTICATED : token ? Expected.FORBIDDEN : Expected.REACHED;
            case "team-member" ->
                switch (caller) {
                    case "nobody" -> Expected.UNAUTHENTICATED;
                    case "read-only token" -> Expected.FORBIDDEN;
                    case "stranger" -> Expected.NOT_FOUND;
                    default -> Expected.REACHED;
                };
            default ->
                switch (caller) {
                    case "nobody" -> Expected.UNAUTHENTICATED;
                    case "stranger" -> Expected.NOT_FOUND;
                    case "read-only token" -> permission.endsWith(":read") ? Expected.REACHED : Expected.FORBIDDEN;
                    default -> holds(caller, permission) ? Expected.REACHED : Expected.FORBIDDEN;
                };
        };
    }

    private static boolean holds(String role, String permission) {
        String lowest = LOWEST_ROLE.get(permission);
        assertThat(lowest).as("the lowest role that holds " + permission).isNotNull();
        return ROLES.indexOf(role) >= ROLES.indexOf(lowest);
    }

    private record Operation(String method, String path, String permission) {}

    private static List<Operation> operations() throws IOException {
        JsonNode document = new JsonMapper().readTree(Files.readString(Path.of("../openapi/havenkeep.json")));
        List<Operation> operations = new ArrayList<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(operation -> operations.add(new Operation(
                                operation.getKey().toUpperCase(Locale.ROOT),
                                path.getKey(),
                                operation.getValue().path("x-permission").asString()))));
        return operations;
    }

    private String address(String path) {
        String address = path;
        for (Map.Entry<String, String> id : ids.entrySet()) {
            address = address.replace("{" + id.getKey() + "}", id.getValue());
        }
        address = address.replaceAll("\\{[a-zA-Z]+}", THING);
        return path.equals("/api/v1/events") ? address + "?team=" + ids.get("team") : address;
    }

    private void prepare(ConfigurableApplicationContext context) {
        GenericApplicationContext application = (GenericApplicationContext) context;
        application.getBeanFactory().addBeanPostProcessor(new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                return bean instanceof ScopeResolver resolver ? withThing(resolver) : bean;
            }
        });
        application.registerBean("walk", WebMvcConfigurer.class, () -> new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(new EndOfTheWalk()).order(Integer.MAX_VALUE);
            }
        });
    }

    private ScopeResolver withThing(ScopeResolver resolver) {
        return new ScopeResolver() {
            @Override
            public String pathVariable() {
                return resolver.pathVariable();
            }

            @Override
            public Optional<Scope> resolve(String id) {
                return id.equals(THING) ? Optional.ofNullable(place.get()) : resolver.resolve(id);
            }
        };
    }

    /** The last before the controller: whoever comes here was let through. */
    private static final class EndOfTheWalk implements HandlerInterceptor {

        @Override
        public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
            if (request.getHeader(WALK) == null) {
                return true;
            }
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
            response.setHeader(WALK, "reached");
            return false;
        }
    }
}
