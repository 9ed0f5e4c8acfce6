package dev.havenkeep.deployments;

import dev.havenkeep.applications.Application;
import dev.havenkeep.kernel.ApplicationId;
import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import java.net.URI;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The end of an application over HTTP: what would go, and letting it go. */
@RestController
class LifecycleController {

    private final ApplicationDeletion deletion;
    private final DeletionPreviews previews;

    LifecycleController(ApplicationDeletion deletion, DeletionPreviews previews) {
        this.deletion = deletion;
        this.previews = previews;
    }

    /** Says what would go if the application were deleted. */
    @GetMapping("/api/v1/applications/{application}/deletion-preview")
    DeletionPreviews.DeletionPreview previewApplicationDeletion(@PathVariable ApplicationId application) {
        return previews.of(application);
    }

    /**
     * Deletes an application and what belongs to it. Its volumes stay unless told otherwise.
     *
     * @param volumes {@code keep}, or {@code delete} for the volumes to go with their data
     * @param abandon true when its server is gone for good, so that nothing is asked of it
     */
    @DeleteMapping("/api/v1/applications/{application}")
    ResponseEntity<Void> deleteApplication(
            @PathVariable ApplicationId application,
            @RequestParam(defaultValue = "keep") String volumes,
            @RequestParam(defaultValue = "false") boolean abandon) {
        boolean withVolumes = switch (volumes) {
            case "keep" -> false;
            case "delete" -> true;
            default -> throw new ProblemException(Problem.invalid("volumes", "must be keep or delete"));
        };
        deletion.request(application, new Application.Deletion(withVolumes, abandon));
        return ResponseEntity.accepted()
                .header(
                        HttpHeaders.LOCATION,
                        URI.create("/api/v1/applications/" + application).toString())
                .build();
    }
}
