package dev.havenkeep.engine;

import dev.havenkeep.kernel.ServerId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.springframework.stereotype.Component;

/** Finds what this installation made on a server and what nobody accounts for any more. */
@Component
public class Orphans {

    private final Engines engines;
    private final Installation installation;

    public Orphans(Engines engines, Installation installation) {
        this.engines = engines;
        this.installation = installation;
    }

    /** Something that this installation made. */
    public sealed interface Owned {

        /** Who owns it; see {@link Labels}. */
        Map<String, String> labels();

        record OwnedContainer(ContainerSummary container) implements Owned {
            @Override
            public Map<String, String> labels() {
                return container.labels();
            }
        }

        record OwnedNetwork(Network network) implements Owned {
            @Override
            public Map<String, String> labels() {
                return network.labels();
            }
        }

        record OwnedVolume(Volume volume) implements Owned {
            @Override
            public Map<String, String> labels() {
                return volume.labels();
            }
        }

        record OwnedImage(ImageSummary image) implements Owned {
            @Override
            public Map<String, String> labels() {
                return image.labels();
            }
        }
    }

    /** Everything on the server that this installation made. */
    public List<Owned> all(ServerId server) {
        Docker docker = engines.of(server);
        Map<String, String> ours = Map.of(Labels.INSTALLATION, installation.id());
        List<Owned> owned = new ArrayList<>();
        docker.containers().list(ours).forEach(each -> owned.add(new Owned.OwnedContainer(each)));
        docker.networks().list(ours).forEach(each -> owned.add(new Owned.OwnedNetwork(each)));
        docker.volumes().list(ours).forEach(each -> owned.add(new Owned.OwnedVolume(each)));
        docker.images().list(ours).forEach(each -> owned.add(new Owned.OwnedImage(each)));
        return List.copyOf(owned);
    }

    /**
     * What this installation made and nobody accounts for.
     *
     * @param accountedFor by its labels, whether something that still exists owns it
     */
    public List<Owned> find(ServerId server, Predicate<Owned> accountedFor) {
        return all(server).stream().filter(accountedFor.negate()).toList();
    }
}
