package dev.havenkeep.teams;

import dev.havenkeep.kernel.Database;
import dev.havenkeep.kernel.Json;
import dev.havenkeep.kernel.Permission;
import dev.havenkeep.kernel.ProjectId;
import dev.havenkeep.kernel.TeamId;
import dev.havenkeep.kernel.UserId;
import dev.havenkeep.web.CidrBlock;
import dev.havenkeep.web.Paging;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;

/** The SQL of API tokens. */
@Component
class TokenStore {

    private static final TypeReference<List<String>> TEXTS = new TypeReference<>() {};
    private static final String COLUMNS = "id, team_id, user_id, name, secret_mac, permissions, project_ids,"
            + " allowed_networks, read_only, created_at, expires_at, last_used_at, last_used_address";

    /** A token together with the keyed hash of its secret. */
    record Kept(Token token, String secretMac) {}

    private final Database database;
    private final Json json;

    TokenStore(Database database, Json json) {
        this.database = database;
        this.json = json;
    }

    void insert(Token token, String secretMac) {
        database.write()
                .sql("""
                        INSERT INTO api_tokens (id, team_id, user_id, name, secret_mac, permissions, project_ids,
                            allowed_networks, read_only, created_at, expires_at)
                        VALUES (:id, :team, :user, :name, :mac, :permissions, :projects,
                            :networks, :readOnly, :at, :expires)""")
                .param("id", token.id())
                .param("team", token.team().value())
                .param("user", token.user().value())
                .param("name", token.name())
                .param("mac", secretMac)
                .param("permissions", json.write(token.limits().permissions()))
                .param("projects", json.write(token.limits().projects()))
                .param("networks", json.write(token.allowedNetworks()))
                .param("readOnly", token.limits().readOnly())
                .param("at", token.createdAt().toEpochMilli())
                .param(
                        "expires",
                        token.expiresAt() == null ? null : token.expiresAt().toEpochMilli())
                .update();
    }

    Optional<Kept> find(String id) {
        return database.read()
                .sql("SELECT " + COLUMNS + " FROM api_tokens WHERE id = :id")
                .param("id", id)
                .query((row, _) -> new Kept(token(row), row.getString("secret_mac")))
                .optional();
    }

    /** The team's tokens; only those of one person when there is one. */
    List<Token> list(TeamId team, @Nullable UserId maker, Paging paging) {
        String after = paging.after();
        return database.read()
                .sql("SELECT " + COLUMNS + """
                         FROM api_tokens
                        WHERE team_id = :team AND id > :after AND user_id = COALESCE(:maker, user_id)
                        ORDER BY id LIMIT :rows""")
                .param("team", team.value())
                .param("after", after == null ? "" : after)
                .param("maker", maker == null ? null : maker.value())
                .param("rows", paging.rows())
                .query((row, _) -> token(row))
                .list();
    }

    void used(String id, Instant now, String address) {
        database.write()
                .sql("UPDATE api_tokens SET last_used_at = :now, last_used_address = :address WHERE id = :id")
                .param("now", now.toEpochMilli())
                .param("address", address)
                .param("id", id)
                .update();
    }

    void delete(String id) {
        database.write()
                .sql("DELETE FROM api_tokens WHERE id = :id")
                .param("id", id)
                .update();
    }

    /** Those that a person has in a team, which go when the person goes. */
    List<Token> ofMember(TeamId team, UserId user) {
        return database.read()
                .sql("SELECT " + COLUMNS + " FROM api_tokens WHERE team_id = :team AND user_id = :user ORDER BY id")
                .param("team", team.value())
                .param("user", user.value())
                .query((row, _) -> token(row))
                .list();
    }

    private Token token(ResultSet row) throws SQLException {
        List<Permission> permissions = json.read(row.getString("permissions"), TEXTS).stream()
                .map(Permission::parse)
                .toList();
        List<ProjectId> projects = json.read(row.getString("project_ids"), TEXTS).stream()
                .map(ProjectId::new)
                .toList();
        List<CidrBlock> networks = json.read(row.getString("allowed_networks"), TEXTS).stream()
                .map(text -> CidrBlock.parse("allowedNetworks", text))
                .toList();
        Instant lastUsedAt = instant(row, "last_used_at");
        return new Token(
                row.getString("id"),
                new TeamId(row.getString("team_id")),
                new UserId(row.getString("user_id")),
                row.getString("name"),
                new Token.Limits(permissions, projects, row.getBoolean("read_only")),
                networks,
                Instant.ofEpochMilli(row.getLong("created_at")),
                instant(row, "expires_at"),
                lastUsedAt == null ? null : new Token.Use(lastUsedAt, row.getString("last_used_address")));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochMilli(millis);
    }
}
