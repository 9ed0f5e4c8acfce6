package dev.havenkeep.engine;

import dev.havenkeep.kernel.ServerId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Lists and removes images and other things by who owns them, and never what a container uses or another one made. */
@Component
public class Housekeeping {

    private final Engines engines;
    private final Installation installation;

    public Housekeeping(Engines engines, Installation installation) {
        this.engines = engines;
        this.installation = installation;
    }

    /**
     * What came of a removal.
     *
     * @param removed what is gone, by id or name
     * @param inUse what a container still uses, and so is left
     */
    public record Removal(List<String> removed, List<String> inUse) {}

    /** The images that this installation built, with these labels beside. */
    public List<ImageSummary> images(ServerId server, Map<String, String> labels) {
        return engines.of(server).images().list(ours(labels));
    }

    /** Removes those of the images that this installation built and no container uses. */
    public Removal removeImages(ServerId server, List<ImageReference> images) {
        Docker docker = engines.of(server);
        List<String> removed = new ArrayList<>();
        List<String> inUse = new ArrayList<>();
        for (ImageReference reference : images) {
            Image image = docker.images().inspect(reference).orElse(null);
            if (image == null || !installation.id().equals(image.labels().get(Labels.INSTALLATION))) {
                continue;
            }
            switch (docker.images().remove(reference)) {
                case DONE -> removed.add(reference.toString());
                case IN_USE -> inUse.add(reference.toString());
                case ALREADY, ABSENT -> {}
            }
        }
        return new Removal(removed, inUse);
    }

    /** Removes the containers with these labels that this installation made, running or not. */
    public Removal removeContainers(ServerId server, Map<String, String> labels) {
        Docker docker = engines.of(server);
        List<String> removed = new ArrayList<>();
        for (ContainerSummary container : docker.containers().list(ours(labels))) {
            docker.containers().remove(container.id());
            removed.add(container.name().value());
        }
        return new Removal(removed, List.of());
    }

    /** The volumes with these labels that this installation made. */
    public List<Volume> volumes(ServerId server, Map<String, String> labels) {
        return engines.of(server).volumes().list(ours(labels));
    }

    /** Removes the volumes with these labels that this installation made, and the data in them. */
    public Removal removeVolumes(ServerId server, Map<String, String> labels) {
        Docker docker = engines.of(server);
        List<String> removed = new ArrayList<>();
        List<String> inUse = new ArrayList<>();
        for (Volume volume : docker.volumes().list(ours(labels))) {
            String name = volume.name().value();
            switch (docker.volumes().remove(volume.name())) {
                case DONE -> removed.add(name);
                case IN_USE -> inUse.add(name);
                case ALREADY, ABSENT -> {}
            }
        }
        return new Removal(removed, inUse);
    }

    /** Removes the networks with these labels that this installation made and no container is in. */
    public Removal removeNetworks(ServerId server, Map<String, String> labels) {
        Docker docker = engines.of(server);
        List<String> removed = new ArrayList<>();
        List<String> inUse = new ArrayList<>();
        for (Network network : docker.networks().list(ours(labels))) {
            String name = network.name().value();
            switch (docker.networks().remove(network.name())) {
                case DONE -> removed.add(name);
                case IN_USE -> inUse.add(name);
                case ALREADY, ABSENT -> {}
            }
        }
        return new Removal(removed, inUse);
    }

    private Map<String, String> ours(Map<String, String> labels) {
        Map<String, String> all = new HashMap<>(labels);
        all.put(Labels.INSTALLATION, installation.id());
        return all;
    }
}
