package dev.havenkeep.teams;

import dev.havenkeep.credentials.EmailAddress;
import dev.havenkeep.kernel.Database;
import dev.havenkeep.kernel.EnvironmentId;
import dev.havenkeep.kernel.Json;
import dev.havenkeep.kernel.ProjectId;
import dev.havenkeep.kernel.Scope;
import dev.havenkeep.kernel.TeamId;
import dev.havenkeep.kernel.UserId;
import dev.havenkeep.web.Paging;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;

/** The SQL of teams, memberships, grants and invitations. */
@Component
class TeamStore {

    private static final String MEMBERSHIP = """
            SELECT memberships.id, memberships.team_id, memberships.user_id, memberships.role, memberships.created_at,
                grants.project_id, grants.environment_id, grants.role AS grant_role
            FROM memberships LEFT JOIN grants ON grants.membership_id = memberships.id
            """;
    private static final String INVITATION =
            "SELECT id, team_id, email, role, grants, invited_by, created_at, expires_at FROM invitations ";

    private final Database database;
    private final Json json;

    TeamStore(Database database, Json json) {
        this.database = database;
        this.json = json;
    }

    void insert(Team team) {
        database.write()
                .sql("INSERT INTO teams (id, name, version, created_at) VALUES (:id, :name, :version, :at)")
                .param("id", team.id().value())
                .param("name", team.name())
                .param("version", team.version())
                .param("at", team.createdAt().toEpochMilli())
                .update();
    }

    Optional<Team> find(TeamId id) {
        return database.read()
                .sql("SELECT id, name, version, created_at FROM teams WHERE id = :id")
                .param("id", id.value())
                .query((row, _) -> team(row))
                .optional();
    }

    /** The team that was made with the installation. */
    TeamId first() {
        return database.read()
                .sql("SELECT min(id) FROM teams")
                .query(String.class)
                .optional()
                .map(TeamId::new)
                .orElseThrow();
    }

    List<Team> ofUser(UserId user, Paging paging) {
        return database.read()
                .sql("""
                        SELECT id, name, version, created_at FROM teams
                        WHERE id IN (SELECT team_id FROM memberships WHERE user_id = :user) AND id > :after
                        ORDER BY id LIMIT :rows""")
                .param("user", user.value())
                .param("after", after(paging))
                .param("rows", paging.rows())
                .query((row, _) -> team(row))
                .list();
    }

    /** Whether the team still had the version; it then has the next one. */
    boolean rename(TeamId id, String name, long version) {
        return database.write()
                        .sql("""
                        UPDATE teams SET name = :name, version = version + 1 WHERE id = :id AND version = :version""")
                        .param("name", name)
                        .param("id", id.value())
                        .param("version", version)
                        .update()
                == 1;
    }

    /** Holds the team's row until the transaction ends, so that two changes of its members happen one by one. */
    void lock(TeamId id) {
        database.write()
                .sql("UPDATE teams SET version = version WHERE id = :id")
                .param("id", id.value())
                .update();
    }

    void delete(TeamId id) {
        database.write()
                .sql("DELETE FROM teams WHERE id = :id")
                .param("id", id.value())
                .update();
    }

    /** Whether the person was not in the team yet. */
    boolean insert(Membership member) {
        int inserted = database.write()
                .sql("""
                        INSERT INTO memberships (id, team_id, user_id, role, created_at)
                        VALUES (:id, :team, :user, :role, :at)
                        ON CONFLICT (team_id, user_id) DO NOTHING""")
                .param("id", member.id())
                .param("team", member.team().value())
                .param("user", member.user().value())
                .param("role", member.role().text())
                .param("at", member.createdAt().toEpochMilli())
                .update();
        if (inserted == 1) {
            insertGrants(member.id(), member.grants());
        }
        return inserted == 1;
    }

    void update(Membership member) {
        database.write()
                .sql("UPDATE memberships SET role = :role WHERE id = :id")
                .param("role", member.role().text())
                .param("id", member.id())
                .update();
        database.write()
                .sql("DELETE FROM grants WHERE membership_id = :id")
                .param("id", member.id())
                .update();
        insertGrants(member.id(), member.grants());
    }

    void deleteMembership(String id) {
        database.write()
                .sql("DELETE FROM memberships WHERE id = :id")
                .param("id", id)
                .update();
    }

    Optional<Membership> membership(TeamId team, UserId user) {
        return memberships(database.read()
                        .sql(MEMBERSHIP + "WHERE memberships.team_id = :team AND memberships.user_id = :user")
                        .param("team", team.value())
                        .param("user", user.value())
                        .query((row, _) -> MembershipRow.of(row))
                        .list())
                .stream()
                .findFirst();
    }

    Optional<Membership> membership(String id) {
        return memberships(database.read()
                        .sql(MEMBERSHIP + "WHERE memberships.id = :id")
                        .param("id", id)
                        .query((row, _) -> MembershipRow.of(row))
                        .list())
                .stream()
                .findFirst();
    }

    List<Membership> membershipsOf(UserId user) {
        return memberships(database.read()
                .sql(MEMBERSHIP + "WHERE memberships.user_id = :user ORDER BY memberships.team_id")
                .param("user", user.value())
                .query((row, _) -> MembershipRow.of(row))
                .list());
    }

    List<Membership> members(TeamId team, Paging paging) {
        return memberships(database.read()
                .sql(MEMBERSHIP + """
                        WHERE memberships.id IN (SELECT id FROM memberships WHERE team_id = :team AND id > :after
                            ORDER BY id LIMIT :rows)
                        ORDER BY memberships.id""")
                .param("team", team.value())
                .param("after", after(paging))
                .param("rows", paging.rows())
                .query((row, _) -> MembershipRow.of(row))
                .list());
    }

    int owners(TeamId team) {
        return database.read()
                .sql("SELECT count(*) FROM memberships WHERE team_id = :team AND role = :role")
                .param("team", team.value())
                .param("role", Role.OWNER.text())
                .query(Integer.class)
                .single();
    }

    boolean ownsATeam(UserId user) {
        return database.read()
                .sql("SELECT 1 FROM memberships WHERE user_id = :user AND role = :role LIMIT 1")
                .param("user", user.value())
                .param("role", Role.OWNER.text())
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    /**
     * A newer invitation of the same address takes the older one's place, whose link is then void; expired ones go.
     */
    void insert(Invitation invitation, String tokenHash) {
        database.write()
                .sql("DELETE FROM invitations WHERE (team_id = :team AND email = :email) OR expires_at <= :now")
                .param("team", invitation.team().value())
                .param("email", invitation.email().value())
                .param("now", invitation.createdAt().toEpochMilli())
                .update();
        database.write()
                .sql("""
                        INSERT INTO invitations (id, team_id, email, role, grants, token_hash, invited_by,
                            created_at, expires_at)
                        VALUES (:id, :team, :email, :role, :grants, :hash, :by, :at, :expires)""")
                .param("id", invitation.id())
                .param("team", invitation.team().value())
                .param("email", invitation.email().value())
                .param("role", invitation.role().text())
                .param("grants", json.write(invitation.grants()))
                .param("hash", tokenHash)
                .param("by", invitation.invitedBy().value())
                .param("at", invitation.createdAt().toEpochMilli())
                .param("expires", invitation.expiresAt().toEpochMilli())
                .update();
    }

    Optional<Invitation> invitation(String id) {
        return database.read()
                .sql(INVITATION + "WHERE id = :id")
                .param("id", id)
                .query((row, _) -> invitation(row))
                .optional();
    }

    Optional<Invitation> invitationByToken(String tokenHash) {
        return database.read()
                .sql(INVITATION + "WHERE token_hash = :hash")
                .param("hash", tokenHash)
                .query((row, _) -> invitation(row))
                .optional();
    }

    List<Invitation> invitations(TeamId team, Instant now, Paging paging) {
        return database.read()
                .sql(INVITATION + "WHERE team_id = :team AND expires_at > :now AND id > :after ORDER BY id LIMIT :rows")
                .param("team", team.value())
                .param("now", now.toEpochMilli())
                .param("after", after(paging))
                .param("rows", paging.rows())
                .query((row, _) -> invitation(row))
                .list();
    }

    /** Whether it was there: of two who use it at once, one gets false. */
    boolean deleteInvitation(String id) {
        return database.write()
                        .sql("DELETE FROM invitations WHERE id = :id")
                        .param("id", id)
                        .update()
                == 1;
    }

    /** Takes the grants on a place, and on what is in it, from members and open invitations. */
    void deleteGrants(Scope place) {
        database.write()
                .sql(
                        "DELETE FROM grants WHERE project_id = :project AND (environment_id = :environment OR :environment = '')")
                .param("project", String.valueOf(place.project()))
                .param(
                        "environment",
                        place.environment() == null ? "" : place.environment().value())
                .update();
        List<Invitation> open = database.write()
                .sql(INVITATION + "WHERE team_id = :team")
                .param("team", place.team().value())
                .query((row, _) -> invitation(row))
                .list();
        for (Invitation invitation : open) {
            List<Grant> left = invitation.grants().stream()
                    .filter(grant -> !place.covers(grant.scope(place.team())))
                    .toList();
            if (left.size() < invitation.grants().size()) {
                database.write()
                        .sql("UPDATE invitations SET grants = :grants WHERE id = :id")
                        .param("grants", json.write(left))
                        .param("id", invitation.id())
                        .update();
            }
        }
    }

    private void insertGrants(String membership, List<Grant> grants) {
        for (Grant grant : grants) {
            database.write()
                    .sql("""
                            INSERT INTO grants (membership_id, project_id, environment_id, role)
                            VALUES (:membership, :project, :environment, :role)""")
                    .param("membership", membership)
                    .param("project", grant.project().value())
                    .param(
                            "environment",
                            grant.environment() == null
                                    ? null
                                    : grant.environment().value())
                    .param("role", grant.role().text())
                    .update();
        }
    }

    private static String after(Paging paging) {
        String after = paging.after();
        return after == null ? "" : after;
    }

    private static Team team(ResultSet row) throws SQLException {
        return new Team(
                new TeamId(row.getString("id")),
                row.getString("name"),
                row.getLong("version"),
                Instant.ofEpochMilli(row.getLong("created_at")));
    }

    private Invitation invitation(ResultSet row) throws SQLException {
        return new Invitation(
                row.getString("id"),
                new TeamId(row.getString("team_id")),
                new EmailAddress(row.getString("email")),
                Role.parse(row.getString("role")),
                json.read(row.getString("grants"), new TypeReference<List<Grant>>() {}),
                new UserId(row.getString("invited_by")),
                Instant.ofEpochMilli(row.getLong("created_at")),
                Instant.ofEpochMilli(row.getLong("expires_at")));
    }

    private static List<Membership> memberships(List<MembershipRow> rows) {
        Map<String, List<Grant>> grants = new LinkedHashMap<>();
        Map<String, MembershipRow> first = new LinkedHashMap<>();
        for (MembershipRow row : rows) {
            first.putIfAbsent(row.id(), row);
            List<Grant> own = grants.computeIfAbsent(row.id(), _ -> new ArrayList<>());
            if (row.grant() != null) {
                own.add(row.grant());
            }
        }
        return first.values().stream()
                .map(row -> new Membership(
                        row.id(),
                        row.team(),
                        row.user(),
                        row.role(),
                        grants.getOrDefault(row.id(), List.of()),
                        row.createdAt()))
                .toList();
    }

    /** A membership together with one of its grants, as the join gives them. */
    private record MembershipRow(
            String id,
            TeamId team,
            UserId user,
            Role role,
            Instant createdAt,
            @Nullable Grant grant) {

        static MembershipRow of(ResultSet row) throws SQLException {
            String project = row.getString("project_id");
            String environment = row.getString("environment_id");
            return new MembershipRow(
                    row.getString("id"),
                    new TeamId(row.getString("team_id")),
                    new UserId(row.getString("user_id")),
                    Role.parse(row.getString("role")),
                    Instant.ofEpochMilli(row.getLong("created_at")),
                    project == null
                            ? null
                            : new Grant(
                                    new ProjectId(project),
                                    environment == null ? null : new EnvironmentId(environment),
                                    Role.parse(row.getString("grant_role"))));
        }
    }
}
