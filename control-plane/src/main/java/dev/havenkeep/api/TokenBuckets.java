package dev.havenkeep.api;

import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A bucket of tokens for each caller: it holds a minute's worth, each request takes one, and it fills again evenly. A
 * full bucket is not kept.
 */
final class TokenBuckets {

    private static final double MILLIS_PER_MINUTE = 60_000;
    private static final int SWEEP_EVERY = 10_000;

    private final int perMinute;
    private final InstantSource clock;
    private final ConcurrentHashMap<String, Bucket> buckets = new ConcurrentHashMap<>();
    private final AtomicLong taken = new AtomicLong();

    private record Bucket(double tokens, long atMillis) {}

    /**
     * What became of a request.
     *
     * @param allowed whether it may go on
     * @param remaining how many more may follow at once
     * @param waitSeconds after how many seconds the next one may come; 0 when it may at once
     */
    record Taken(boolean allowed, int remaining, long waitSeconds) {}

    TokenBuckets(int perMinute, InstantSource clock) {
        this.perMinute = perMinute;
        this.clock = clock;
    }

    int perMinute() {
        return perMinute;
    }

    /** Takes a token from a caller's bucket, if there is one. */
    Taken take(String caller) {
        long now = clock.millis();
        if (taken.incrementAndGet() % SWEEP_EVERY == 0) {
            buckets.values().removeIf(bucket -> filled(bucket, now) >= perMinute);
        }
        boolean[] allowed = new boolean[1];
        Bucket after = buckets.compute(caller, (key, before) -> {
            double tokens = before == null ? perMinute : filled(before, now);
            allowed[0] = tokens >= 1;
            return new Bucket(allowed[0] ? tokens - 1 : tokens, now);
        });
        double missing = 1 - after.tokens();
        long wait = missing <= 0 ? 0 : (long) Math.ceil(missing / perMinute * MILLIS_PER_MINUTE / 1_000);
        return new Taken(allowed[0], (int) after.tokens(), wait);
    }

    /** How many callers are remembered. */
    int size() {
        return buckets.size();
    }

    private double filled(Bucket bucket, long now) {
        double elapsed = Math.max(0, now - bucket.atMillis());
        return Math.min(perMinute, bucket.tokens() + elapsed / MILLIS_PER_MINUTE * perMinute);
    }
}
