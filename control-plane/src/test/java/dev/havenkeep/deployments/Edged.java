package dev.havenkeep.deployments;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** An answer that came through the edge, over a connection of its own. */
public record Edged(int status, String body) {

    private static final int TIMEOUT_MILLIS = 60_000;

    /** Asks the edge at this address for a path of a host; status 0 when there was no answer at all. */
    static Edged get(String address, int port, String host, String path) {
        try (Socket socket = new Socket(address, port)) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.0\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int head = answer.indexOf("\r\n\r\n");
            return head < 12
                    ? new Edged(0, answer)
                    : new Edged(Integer.parseInt(answer.substring(9, 12)), answer.substring(head + 4));
        } catch (IOException e) {
            return new Edged(0, String.valueOf(e.getMessage()));
        }
    }
}
