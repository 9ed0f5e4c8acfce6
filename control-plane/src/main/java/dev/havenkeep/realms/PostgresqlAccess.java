package dev.havenkeep.realms;

import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.kernel.Secret;
import dev.havenkeep.kernel.StorableText;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL database for one realm.
 *
 * @param url for example {@code jdbc:postgresql://db.example.com:5432/auth?sslmode=verify-full}; at most 500 characters
 * @param user who signs in there, at most 63 characters
 * @param password that user's password, at most 500 characters
 */
public record PostgresqlAccess(
        String url, @Nullable String user, @Nullable Secret password) {

    /** Host, port, database, and those parameters of the driver that load no class and read no file but certificates. */
    private static final Pattern FORM =
            Pattern.compile("jdbc:postgresql://[A-Za-z0-9.:\\[\\]_-]{1,255}/[A-Za-z0-9_.-]{1,63}"
                    + "(\\?((sslmode=(disable|prefer|require|verify-ca|verify-full)|prepareThreshold=\\d{1,3}"
                    + "|connectTimeout=\\d{1,3}|socketTimeout=\\d{1,3})&?)+)?");

    /** @throws ProblemException 422 when it is not such an address */
    public PostgresqlAccess {
        if (user != null && (user.length() > 63 || !StorableText.is(user))) {
            throw new ProblemException(Problem.invalid("database.user", "must be at most 63 characters"));
        }
        if (password != null && (password.reveal().length() > 500 || !StorableText.is(password.reveal()))) {
            throw new ProblemException(Problem.invalid("database.password", "must be at most 500 characters"));
        }
        if (url.length() > 500 || !FORM.matcher(url).matches()) {
            throw new ProblemException(Problem.invalid(
                    "database.url",
                    "must be like jdbc:postgresql://HOST:5432/NAME, with no parameters but sslmode, prepareThreshold,"
                            + " connectTimeout and socketTimeout"));
        }
    }
}
