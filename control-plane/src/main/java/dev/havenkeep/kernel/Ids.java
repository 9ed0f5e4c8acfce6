package dev.havenkeep.kernel;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.stereotype.Component;

/**
 * Makes UUIDv7 ids (RFC 9562 section 5.7): 48 bits of milliseconds, a 12-bit sequence (section 6.2, method 1), then
 * random bits. Ids made by one process sort in the order in which they were made.
 */
@Component
public class Ids {

    private static final int SEQUENCE_BITS = 12;

    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    /** Milliseconds shifted left by the sequence bits, plus the sequence: strictly increasing. */
    private final AtomicLong last = new AtomicLong();

    public Ids(InstantSource clock) {
        this.clock = clock;
    }

    /** A new id, greater than any that this instance gave before. */
    public String next() {
        long now = clock.millis() << SEQUENCE_BITS;
        long stamp = last.updateAndGet(previous -> Math.max(previous + 1, now));
        long millis = stamp >>> SEQUENCE_BITS;
        long sequence = stamp & ((1L << SEQUENCE_BITS) - 1);
        long high = (millis << 16) | (0x7L << 12) | sequence;
        long low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low).toString();
    }
}
