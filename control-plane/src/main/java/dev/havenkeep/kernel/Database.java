package dev.havenkeep.kernel;

import com.zaxxer.hikari.HikariDataSource;
import java.util.List;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The one way to the database. Writes go through a single connection on SQLite, opened {@code IMMEDIATE}, so that no
 * writer ever meets a busy database; reads have a pool of their own. On PostgreSQL both are the same pool.
 */
public final class Database implements AutoCloseable {

    private final JdbcClient writer;
    private final JdbcClient reader;
    private final DataSource writerSource;
    private final DataSource readerSource;
    private final TransactionTemplate transactions;
    private final Dialect dialect;

    /** Which database it is; only for what the common SQL subset cannot say. */
    public enum Dialect {
        SQLITE,
        POSTGRESQL
    }

    Database(DataSource writerSource, DataSource readerSource, TransactionTemplate transactions, Dialect dialect) {
        this.writerSource = writerSource;
        this.readerSource = readerSource;
        this.writer = client(writerSource, dialect);
        this.reader = writerSource.equals(readerSource) ? writer : client(readerSource, dialect);
        this.transactions = transactions;
        this.dialect = dialect;
    }

    private static JdbcClient client(DataSource source, Dialect dialect) {
        JdbcTemplate template = new JdbcTemplate(source);
        if (dialect == Dialect.SQLITE) {
            template.setExceptionTranslator(new SqliteExceptionTranslator());
        }
        return JdbcClient.create(template);
    }

    /** For statements that change something. Outside {@link #transaction} each statement commits by itself. */
    public JdbcClient write() {
        return writer;
    }

    /** For queries. Inside a transaction it is the transaction's own connection, which sees what it wrote. */
    public JdbcClient read() {
        return TransactionSynchronizationManager.hasResource(writerSource) ? writer : reader;
    }

    /** Runs the work in one transaction (joining one that is under way) and answers what it answers. */
    public <T extends @org.jspecify.annotations.Nullable Object> T transaction(Supplier<T> work) {
        return transactions.execute(status -> work.get());
    }

    /** Runs the work in one transaction, joining one that is under way. */
    public void transaction(Runnable work) {
        transactions.executeWithoutResult(status -> work.run());
    }

    /** Which database it is. */
    public Dialect dialect() {
        return dialect;
    }

    /** Gives back every connection; nothing can be asked afterwards. */
    @Override
    public void close() {
        for (DataSource source : List.of(writerSource, readerSource)) {
            if (source instanceof HikariDataSource pool) {
                pool.close();
            }
        }
    }
}
