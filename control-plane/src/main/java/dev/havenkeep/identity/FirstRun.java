package dev.havenkeep.identity;

import dev.havenkeep.credentials.RandomText;
import dev.havenkeep.credentials.Visit;
import dev.havenkeep.kernel.HavenProperties;
import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.kernel.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Who may become the first owner: whoever can read this machine's log or data folder. Until there is an owner each
 * start prints a new token on standard output, by itself on a line, and writes it to {@code setup-token} in the data
 * folder, readable by the operator only.
 */
@Component
public class FirstRun implements SmartInitializingSingleton {

    private static final Logger log = LoggerFactory.getLogger(FirstRun.class);
    private static final String FILE = "setup-token";

    private final IdentityStore store;
    private final SignIn signIn;
    private final Clock clock;
    private final Path file;
    private final AtomicReference<@Nullable Secret> token = new AtomicReference<>();

    FirstRun(IdentityStore store, SignIn signIn, Clock clock, HavenProperties properties) {
        this.store = store;
        this.signIn = signIn;
        this.clock = clock;
        this.file = properties.dataDir().resolve(FILE);
    }

    /** Whether nobody owns this installation yet. */
    public boolean required() {
        return !store.isSetUp();
    }

    /**
     * Checks the token that somebody brings who wants to be the first owner.
     *
     * @throws ProblemException 409 when there is an owner, 403 when the token is wrong, 429 after too many wrong ones
     */
    public void check(@Nullable Secret brought, Visit visit) {
        if (!required()) {
            throw alreadySetUp();
        }
        Optional<Duration> wait = signIn.tooManyFrom(visit);
        if (wait.isPresent()) {
            throw new ProblemException(SignInOutcome.tooManyAttempts(wait.get()));
        }
        Secret expected = token.get();
        if (expected == null || brought == null || !same(expected, brought)) {
            throw new ProblemException(Problem.of(
                    403,
                    "setup-token-wrong",
                    "The setup token is not right",
                    "Use the token of the latest start: it is in the log after “Setup token:”, and in the file " + FILE
                            + " in the data folder."));
        }
    }

    /**
     * Takes the one place of the first owner, inside the transaction that makes that owner.
     *
     * @throws ProblemException 409 when somebody else was faster
     */
    public void take() {
        if (!store.markSetUp(clock.instant())) {
            throw alreadySetUp();
        }
    }

    /** The transaction is committed: the token is used up. */
    public void done() {
        token.set(null);
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            log.warn("The used setup token {} cannot be removed; it is of no use any more", file, e);
        }
    }

    /** Makes the token before the first request can be answered: who sees this process ready finds the file. */
    @Override
    public void afterSingletonsInstantiated() {
        try {
            if (required()) {
                token.set(write());
            } else {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The setup token cannot be kept in " + file, e);
        }
    }

    /** Last of all, where it is the end of what a terminal shows. */
    @EventListener(ApplicationReadyEvent.class)
    void announce() {
        Secret made = token.get();
        if (made != null) {
            // For the operator's eyes and not a log record: a structured log would bury it.
            System.out.println("Setup token: " + made.reveal());
        }
    }

    private Secret write() throws IOException {
        Secret made = Secret.of(RandomText.next());
        Files.createDirectories(file.toAbsolutePath().getParent());
        Path fresh = Files.createTempFile(
                file.toAbsolutePath().getParent(),
                FILE,
                ".new",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(fresh, made.reveal() + "\n", StandardOpenOption.TRUNCATE_EXISTING);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        return made;
    }

    private static boolean same(Secret expected, Secret brought) {
        return MessageDigest.isEqual(
                RandomText.hash(expected.reveal()).getBytes(StandardCharsets.UTF_8),
                RandomText.hash(brought.reveal().strip()).getBytes(StandardCharsets.UTF_8));
    }

    private static ProblemException alreadySetUp() {
        return new ProblemException(Problem.conflict(
                "already-set-up",
                "This installation is set up already",
                "It has an owner. Sign in, or ask the owner for an invitation."));
    }
}
