package dev.havenkeep.kernel;

import java.io.IOException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Recognises that the control plane's own disk, or its database's, has no room left. */
public final class DiskFull {

    /** PostgreSQL's {@code disk_full} (its manual, appendix A). */
    private static final String POSTGRESQL = "53100";

    /** 507, with what to do. */
    public static final Problem PROBLEM = Problem.of(
            507,
            "disk-full",
            "The control plane's disk is full",
            "Havenkeep has no room left on the disk of its data folder or database. Free some space there, then try again.");

    private DiskFull() {}

    /** Whether this is why something failed, however deep down. */
    public static boolean causedBy(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            boolean full = switch (cause) {
                case SQLiteException sqlite -> sqlite.getResultCode() == SQLiteErrorCode.SQLITE_FULL;
                case SQLException sql -> POSTGRESQL.equals(sql.getSQLState());
                case IOException io -> String.valueOf(io.getMessage()).contains("No space left on device");
                default -> false;
            };
            if (full) {
                return true;
            }
        }
        return false;
    }
}
