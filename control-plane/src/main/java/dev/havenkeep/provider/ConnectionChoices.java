package dev.havenkeep.provider;

import dev.havenkeep.connections.ConnectionKind;
import dev.havenkeep.pages.view.ConnectionButton;
import dev.havenkeep.realms.Client;
import dev.havenkeep.realms.Connection;
import dev.havenkeep.realms.RealmConnections;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Which upstream providers somebody may sign in with: the realm's that can be used, as far as the client takes them. */
@Component
class ConnectionChoices {

    private final RealmConnections connections;

    ConnectionChoices(RealmConnections connections) {
        this.connections = connections;
    }

    /** The connection with this name, if it may be used to sign in to the client; to the realm itself all may. */
    Optional<Connection> find(RealmContext context, Optional<Client> client, String name) {
        return allows(client, name) ? connections.enabled(context.id(), name) : Optional.empty();
    }

    /** The buttons of a page. */
    List<ConnectionButton> buttons(RealmContext context, Optional<Client> client) {
        return connections.enabled(context.id()).stream()
                .filter(connection -> allows(client, connection.name().value()))
                .map(connection -> new ConnectionButton(
                        connection.name().value(),
                        connection.offer().label().value(),
                        icon(connection.settings().kind())))
                .toList();
    }

    private static boolean allows(Optional<Client> client, String name) {
        return client.map(known -> known.settings().connections())
                .filter(names -> !names.isEmpty() && !names.contains(name))
                .isEmpty();
    }

    private static ConnectionButton.Icon icon(ConnectionKind kind) {
        return switch (kind) {
            case GOOGLE -> ConnectionButton.Icon.GOOGLE;
            case GITHUB -> ConnectionButton.Icon.GITHUB;
            case MICROSOFT -> ConnectionButton.Icon.MICROSOFT;
            case APPLE -> ConnectionButton.Icon.APPLE;
            case OIDC, OAUTH2 -> ConnectionButton.Icon.OTHER;
        };
    }
}
