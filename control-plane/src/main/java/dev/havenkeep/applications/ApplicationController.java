package dev.havenkeep.applications;

import dev.havenkeep.kernel.ApplicationId;
import dev.havenkeep.kernel.EnvironmentId;
import dev.havenkeep.web.EntityTag;
import dev.havenkeep.web.Page;
import dev.havenkeep.web.Paging;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Applications over HTTP; their deletion is the deployments module's, since it reaches the servers. */
@RestController
class ApplicationController {

    private final Applications applications;
    private final MergePatch patches;

    ApplicationController(Applications applications, MergePatch patches) {
        this.applications = applications;
        this.patches = patches;
    }

    /** Lists the applications of an environment, oldest first. */
    @GetMapping("/api/v1/environments/{environment}/applications")
    Page<ApplicationView> listApplications(
            @PathVariable EnvironmentId environment,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return applications.list(environment, Paging.of(limit, cursor)).map(ApplicationView::of);
    }

    /** Creates an application. It runs only once it is deployed. */
    @PostMapping("/api/v1/environments/{environment}/applications")
    ResponseEntity<ApplicationView> createApplication(
            @PathVariable EnvironmentId environment, @RequestBody ApplicationSpec body) {
        Application created = applications.create(environment, body.name(), body.configuration());
        return ResponseEntity.created(URI.create("/api/v1/applications/" + created.id()))
                .eTag(EntityTag.of(created.record().version()))
                .body(ApplicationView.of(created));
    }

    /** Reads an application with its status. */
    @GetMapping("/api/v1/applications/{application}")
    ResponseEntity<ApplicationView> getApplication(@PathVariable ApplicationId application) {
        return answer(applications.get(application));
    }

    /**
     * Changes an application. What runs stays as it is until the next deployment, which needs no build unless the
     * source changed.
     */
    @PatchMapping("/api/v1/applications/{application}")
    ResponseEntity<ApplicationView> updateApplication(
            @PathVariable ApplicationId application,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestBody JsonNode body) {
        Application before = applications.get(application);
        EntityTag.check(ifMatch, before.record().version());
        ApplicationSpec wanted = patches.apply(ApplicationSpec.of(before), body, ApplicationSpec.class);
        return answer(applications.update(before, wanted.name(), keepingPassword(before, wanted, body)));
    }

    /** The password is never answered, so a patch that does not speak of it keeps it. */
    private static Configuration keepingPassword(Application before, ApplicationSpec wanted, JsonNode patch) {
        Configuration configuration = wanted.configuration();
        if (before.configuration().source() instanceof Source.Image old
                && configuration.source() instanceof Source.Image image
                && !(patch.get("source") instanceof ObjectNode source && source.has("password"))) {
            return new Configuration(
                    configuration.server(),
                    image.withPassword(old.password()),
                    configuration.port(),
                    configuration.running(),
                    configuration.rollout());
        }
        return configuration;
    }

    private static ResponseEntity<ApplicationView> answer(Application application) {
        return ResponseEntity.ok()
                .eTag(EntityTag.of(application.record().version()))
                .body(ApplicationView.of(application));
    }
}
