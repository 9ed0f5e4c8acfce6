package dev.havenkeep.edge;

import dev.havenkeep.edge.routing.Backend;
import dev.havenkeep.edge.routing.BackendServer;
import dev.havenkeep.edge.routing.Route;
import dev.havenkeep.kernel.ApplicationId;
import dev.havenkeep.kernel.Database;
import dev.havenkeep.kernel.ServerId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What each edge is to serve: backends, the containers behind them, and networks. */
@Component
class EdgeStore {

    private final Database database;

    EdgeStore(Database database) {
        this.database = database;
    }

    /** Where a container stands in a switch. */
    enum Stage {
        /** Known to the edge, gets no requests yet. */
        JOINING,
        /** Gets new requests. */
        ACTIVE,
        /** Finishes what it has. */
        DRAINING
    }

    record Placed(Upstream upstream, Stage stage) {}

    /** Every server that has something for an edge to serve. */
    List<ServerId> servers() {
        return database.read()
                .sql("SELECT DISTINCT server_id FROM edge_backends ORDER BY server_id")
                .query((row, n) -> new ServerId(row.getString(1)))
                .list();
    }

    Optional<ServerId> serverOf(ApplicationId application) {
        return database.read()
                .sql("SELECT server_id FROM edge_backends WHERE application_id = :application")
                .param("application", application.value())
                .query((row, n) -> new ServerId(row.getString(1)))
                .optional();
    }

    void declare(ApplicationId application, ServerId server, BackendOptions options) {
        database.write()
                .sql("""
                        INSERT INTO edge_backends (application_id, server_id, health_path, response_seconds)
                        VALUES (:application, :server, :path, :seconds)
                        ON CONFLICT (application_id) DO UPDATE SET
                            server_id = excluded.server_id,
                            health_path = excluded.health_path,
                            response_seconds = excluded.response_seconds
                        """)
                .param("application", application.value())
                .param("server", server.value())
                .param("path", options.healthPath())
                .param("seconds", options.responseTimeout().toSeconds())
                .update();
    }

    /** Makes a backend for an application that has none yet. */
    void declareIfAbsent(ApplicationId application, ServerId server) {
        database.write()
                .sql("""
                        INSERT INTO edge_backends (application_id, server_id, health_path, response_seconds)
                        VALUES (:application, :server, NULL, :seconds)
                        ON CONFLICT (application_id) DO NOTHING
                        """)
                .param("application", application.value())
                .param("server", server.value())
                .param("seconds", BackendOptions.DEFAULT.responseTimeout().toSeconds())
                .update();
    }

    void forget(ApplicationId application) {
        database.write()
                .sql("DELETE FROM edge_backends WHERE application_id = :application")
                .param("application", application.value())
                .update();
    }

    Optional<BackendOptions> options(ApplicationId application) {
        return database.read()
                .sql("SELECT health_path, response_seconds FROM edge_backends WHERE application_id = :application")
                .param("application", application.value())
                .query((row, n) -> new BackendOptions(row.getString(1), Duration.ofSeconds(row.getLong(2))))
                .optional();
    }

    List<Placed> upstreams(ApplicationId application) {
        return database.read()
                .sql("""
                        SELECT container, address, port, state FROM edge_upstreams
                        WHERE application_id = :application ORDER BY container
                        """)
                .param("application", application.value())
                .query((row, n) -> new Placed(
                        new Upstream(row.getString(1), row.getString(2), row.getInt(3)),
                        Stage.valueOf(row.getString(4))))
                .list();
    }

    void place(ApplicationId application, Upstream upstream, Stage stage) {
        database.write()
                .sql("""
                        INSERT INTO edge_upstreams (application_id, container, address, port, state)
                        VALUES (:application, :container, :address, :port, :state)
                        ON CONFLICT (application_id, container) DO UPDATE SET
                            address = excluded.address, port = excluded.port, state = excluded.state
                        """)
                .param("application", application.value())
                .param("container", upstream.containerName())
                .param("address", upstream.address())
                .param("port", upstream.port())
                .param("state", stage.name())
                .update();
    }

    /** Follows a container that came back under another address. */
    void move(String container, String address) {
        database.write()
                .sql("UPDATE edge_upstreams SET address = :address WHERE container = :container")
                .param("address", address)
                .param("container", container)
                .update();
    }

    void removeUpstream(ApplicationId application, String container) {
        database.write()
                .sql("DELETE FROM edge_upstreams WHERE application_id = :application AND container = :container")
                .param("application", application.value())
                .param("container", container)
                .update();
    }

    /** The containers behind all applications of a server, with their addresses. */
    Map<String, String> addresses(ServerId server) {
        Map<String, String> addresses = new HashMap<>();
        database.read().sql("""
                        SELECT u.container, u.address FROM edge_upstreams u
                        JOIN edge_backends b ON b.application_id = u.application_id
                        WHERE b.server_id = :server
                        """).param("server", server.value()).query(row -> {
            addresses.put(row.getString(1), row.getString(2));
        });
        return addresses;
    }

    /** The backends of a server, with the routes that are given. */
    List<Backend> backends(ServerId server, Map<ApplicationId, List<Route>> routes) {
        Map<String, List<BackendServer>> servers = new HashMap<>();
        database.read().sql("""
                        SELECT u.application_id, u.container, u.address, u.port, u.state FROM edge_upstreams u
                        JOIN edge_backends b ON b.application_id = u.application_id
                        WHERE b.server_id = :server
                        """).param("server", server.value()).query(row -> {
            servers.computeIfAbsent(row.getString(1), id -> new ArrayList<>())
                    .add(new BackendServer(
                            row.getString(2),
                            row.getString(3),
                            row.getInt(4),
                            Stage.valueOf(row.getString(5)) == Stage.ACTIVE));
        });
        return database.read()
                .sql("""
                        SELECT application_id, health_path, response_seconds FROM edge_backends
                        WHERE server_id = :server ORDER BY application_id
                        """)
                .param("server", server.value())
                .query((row, n) -> new Backend(
                        row.getString(1),
                        row.getString(2),
                        row.getInt(3),
                        routes.getOrDefault(new ApplicationId(row.getString(1)), List.of()),
                        servers.getOrDefault(row.getString(1), List.of())))
                .list();
    }

    void attach(ServerId server, String network) {
        database.write()
                .sql("INSERT INTO edge_networks (server_id, name) VALUES (:server, :name) ON CONFLICT DO NOTHING")
                .param("server", server.value())
                .param("name", network)
                .update();
    }

    void detach(ServerId server, String network) {
        database.write()
                .sql("DELETE FROM edge_networks WHERE server_id = :server AND name = :name")
                .param("server", server.value())
                .param("name", network)
                .update();
    }

    List<String> networks(ServerId server) {
        return database.read()
                .sql("SELECT name FROM edge_networks WHERE server_id = :server ORDER BY name")
                .param("server", server.value())
                .query((row, n) -> row.getString(1))
                .list();
    }
}
