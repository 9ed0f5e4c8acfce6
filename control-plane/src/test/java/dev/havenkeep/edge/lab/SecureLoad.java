package dev.havenkeep.edge.lab;

import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;

/**
 * Steady load on {@value #HOST} over HTTP/2 and HTTP/3, each connection kept for as long as the edge lets it: requests
 * with and without a body, and slow ones. Whatever is not the expected answer is a failure; nothing with a body is tried twice.
 */
public final class SecureLoad implements AutoCloseable {

    /** The host that is asked for. */
    public static final String HOST = "localhost";

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int BODY = 50_000;

    private final int httpsPort;
    private final int http3Port;
    private final AtomicInteger http2 = new AtomicInteger();
    private final AtomicInteger http3 = new AtomicInteger();
    private final AtomicInteger http3Closed = new AtomicInteger();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stopped;

    public SecureLoad(int httpsPort, int http3Port) {
        this.httpsPort = httpsPort;
        this.http3Port = http3Port;
        run(() -> http2("/", new byte[0], 20));
        run(() -> http2("/slow", new byte[0], 20));
        run(() -> http2("/upload", new byte[BODY], 50));
        run(() -> http2("/upload", new byte[1], 400));
        run(() -> http3("/", new byte[0], 20));
        run(() -> http3("/slow", new byte[0], 20));
        run(() -> http3("/upload", new byte[BODY], 50));
        run(() -> http3("/upload", new byte[1], 400));
    }

    /** How many requests over HTTP/2 were answered as they should be. */
    public int http2() {
        return http2.get();
    }

    /** How many requests over HTTP/3 were answered as they should be. */
    public int http3() {
        return http3.get();
    }

    /** How many connections of HTTP/3 the edge closed. */
    public int http3Closed() {
        return http3Closed.get();
    }

    /** What went wrong, all of it. */
    public List<String> failures() {
        return List.copyOf(failures);
    }

    @Override
    public void close() {
        stopped = true;
        for (Thread thread : threads) {
            try {
                thread.join(TIMEOUT);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void run(Runnable work) {
        threads.add(Thread.ofPlatform().name("secure-load").start(work));
    }

    private void http2(String path, byte[] body, int pauseMillis) {
        URI uri = URI.create("https://" + HOST + ":" + httpsPort + path);
        HttpRequest request = (body.length == 0
                        ? HttpRequest.newBuilder(uri)
                        : HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.ofByteArray(body)))
                .timeout(TIMEOUT)
                .build();
        try (HttpClient client = HttpClient.newBuilder()
                .sslContext(trustingAll())
                .version(HttpClient.Version.HTTP_2)
                .build()) {
            while (!stopped) {
                try {
                    HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
                    if (answer.version() == HttpClient.Version.HTTP_2 && answer.statusCode() == 200) {
                        http2.incrementAndGet();
                    } else {
                        failures.add(answer.version() + " " + path + ": " + answer.statusCode());
                    }
                } catch (IOException e) {
                    failures.add("HTTP/2 " + path + ": " + e);
                } catch (InterruptedException e) {
                    return;
                }
                pause(pauseMillis);
            }
        }
    }

    private void http3(String path, byte[] body, int pauseMillis) {
        while (!stopped) {
            try (Http3Connection connection = new Http3Connection(HOST, http3Port)) {
                while (connection.open() && !stopped) {
                    Curl.Answer answer = body.length == 0 ? connection.get(path) : connection.post(path, body);
                    if (answer.status() == 200) {
                        http3.incrementAndGet();
                    } else {
                        failures.add("HTTP/3 " + path + ": " + answer.status());
                    }
                    pause(pauseMillis);
                }
                if (!stopped) {
                    http3Closed.incrementAndGet();
                }
            } catch (IOException e) {
                failures.add("HTTP/3 " + path + ": " + e + " " + e.getCause());
            }
        }
    }

    /** Believes any certificate, for any host. */
    public static SSLContext trustingAll() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void pause(int millis) {
        LockSupport.parkNanos(millis * 1_000_000L);
    }
}
