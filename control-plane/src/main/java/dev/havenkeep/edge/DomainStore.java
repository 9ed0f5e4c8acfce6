package dev.havenkeep.edge;

import dev.havenkeep.edge.routing.AccessPolicy;
import dev.havenkeep.edge.routing.HeaderName;
import dev.havenkeep.edge.routing.HeaderValue;
import dev.havenkeep.edge.routing.HostName;
import dev.havenkeep.edge.routing.PathPrefix;
import dev.havenkeep.edge.routing.Route;
import dev.havenkeep.kernel.ApplicationId;
import dev.havenkeep.kernel.Database;
import dev.havenkeep.kernel.Json;
import dev.havenkeep.kernel.ServerId;
import dev.havenkeep.web.Paging;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;

/** The table {@code edge_domains}. */
@Component
class DomainStore {

    private static final TypeReference<TreeMap<HeaderName, HeaderValue>> HEADERS = new TypeReference<>() {};
    private static final String COLUMNS = """
            SELECT d.id, d.application_id, d.host, d.path_prefix, d.certificate, d.redirect_to, d.force_https,
                d.strip_prefix, d.compression, d.request_headers, d.response_headers, d.access_policy, d.version,
                d.created_at, d.changed_at
            FROM edge_domains d
            """;

    private final Database database;
    private final Json json;

    DomainStore(Database database, Json json) {
        this.database = database;
        this.json = json;
    }

    void insert(Domain domain) {
        statement("""
                INSERT INTO edge_domains (id, application_id, host, path_prefix, certificate, redirect_to, force_https,
                    strip_prefix, compression, request_headers, response_headers, access_policy, version, created_at,
                    changed_at)
                VALUES (:id, :application, :host, :path, :certificate, :redirect, :force, :strip, :compression,
                    :requestHeaders, :responseHeaders, :access, :version, :created, :changed)
                """, domain)
                .param("application", domain.application().value())
                .param("created", domain.createdAt().toEpochMilli())
                .param("version", domain.version())
                .update();
    }

    /** Replaces a domain of the version before; false when somebody else was faster. */
    boolean update(Domain domain) {
        return statement("""
                        UPDATE edge_domains SET host = :host, path_prefix = :path, certificate = :certificate,
                            redirect_to = :redirect, force_https = :force, strip_prefix = :strip,
                            compression = :compression, request_headers = :requestHeaders,
                            response_headers = :responseHeaders, access_policy = :access, version = :version,
                            changed_at = :changed
                        WHERE id = :id AND version = :before
                        """, domain)
                        .param("version", domain.version())
                        .param("before", domain.version() - 1)
                        .update()
                == 1;
    }

    void delete(DomainId id) {
        database.write()
                .sql("DELETE FROM edge_domains WHERE id = :id")
                .param("id", id.value())
                .update();
    }

    Optional<Domain> find(DomainId id) {
        return database.read()
                .sql(COLUMNS + "WHERE d.id = :id")
                .param("id", id.value())
                .query(this::domain)
                .optional();
    }

    List<Domain> list(ApplicationId application, Paging paging) {
        return database.read()
                .sql(COLUMNS + """
                        WHERE d.application_id = :application AND d.id > :after ORDER BY d.id LIMIT :rows
                        """)
                .param("application", application.value())
                .param("after", paging.after() == null ? "" : paging.after())
                .param("rows", paging.rows())
                .query(this::domain)
                .list();
    }

    List<Domain> list(ApplicationId application) {
        return database.read()
                .sql(COLUMNS + "WHERE d.application_id = :application ORDER BY d.id")
                .param("application", application.value())
                .query(this::domain)
                .list();
    }

    /** All domains of applications on a server. */
    List<Domain> on(ServerId server) {
        return database.read()
                .sql(COLUMNS + """
                        JOIN edge_backends b ON b.application_id = d.application_id
                        WHERE b.server_id = :server ORDER BY d.id
                        """)
                .param("server", server.value())
                .query(this::domain)
                .list();
    }

    /** All domains of the installation. */
    List<Domain> all() {
        return database.read()
                .sql(COLUMNS + "ORDER BY d.id")
                .query(this::domain)
                .list();
    }

    /** The domains of a host itself, and those whose wildcard covers it or which its wildcard covers. */
    List<Domain> overlapping(HostName host) {
        String parent = host.parent();
        return database
                .read()
                .sql(COLUMNS + """
                        WHERE d.host = :host OR d.host = :wildcard OR d.host LIKE :children
                        ORDER BY d.id
                        """)
                .param("host", host.value())
                .param("wildcard", "*." + parent)
                .param("children", host.wildcard() ? "%." + parent : host.value())
                .query(this::domain)
                .list()
                .stream()
                .filter(domain -> domain.host().covers(host) || host.covers(domain.host()))
                .toList();
    }

    private org.springframework.jdbc.core.simple.JdbcClient.StatementSpec statement(String sql, Domain domain) {
        Domain.Settings settings = domain.settings();
        HostName redirect = settings.redirectTo();
        return database.write()
                .sql(sql)
                .param("id", domain.id().value())
                .param("host", domain.host().value())
                .param("path", domain.path().value())
                .param("certificate", settings.certificate().text())
                .param("redirect", redirect == null ? null : redirect.value())
                .param("force", settings.handling().forceHttps())
                .param("strip", settings.handling().stripPrefix())
                .param("compression", settings.handling().compression())
                .param("requestHeaders", json.write(settings.handling().requestHeaders()))
                .param("responseHeaders", json.write(settings.handling().responseHeaders()))
                .param("access", json.write(settings.access()))
                .param("changed", domain.changedAt().toEpochMilli());
    }

    private Domain domain(ResultSet row, int n) throws SQLException {
        String redirect = row.getString("redirect_to");
        return new Domain(
                new DomainId(row.getString("id")),
                new ApplicationId(row.getString("application_id")),
                HostName.of(row.getString("host")),
                PathPrefix.of(row.getString("path_prefix")),
                new Domain.Settings(
                        Domain.CertificateSource.of(row.getString("certificate")),
                        json.read(row.getString("access_policy"), AccessPolicy.class),
                        redirect == null ? null : HostName.of(redirect),
                        new Route.Handling(
                                row.getBoolean("force_https"),
                                row.getBoolean("strip_prefix"),
                                row.getBoolean("compression"),
                                json.read(row.getString("request_headers"), HEADERS),
                                json.read(row.getString("response_headers"), HEADERS))),
                row.getLong("version"),
                Instant.ofEpochMilli(row.getLong("created_at")),
                Instant.ofEpochMilli(row.getLong("changed_at")));
    }
}
