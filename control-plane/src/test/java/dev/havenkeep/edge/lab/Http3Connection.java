package dev.havenkeep.edge.lab;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.handler.codec.http3.DefaultHttp3DataFrame;
import io.netty.handler.codec.http3.DefaultHttp3Headers;
import io.netty.handler.codec.http3.DefaultHttp3HeadersFrame;
import io.netty.handler.codec.http3.Http3;
import io.netty.handler.codec.http3.Http3ClientConnectionHandler;
import io.netty.handler.codec.http3.Http3DataFrame;
import io.netty.handler.codec.http3.Http3Headers;
import io.netty.handler.codec.http3.Http3HeadersFrame;
import io.netty.handler.codec.http3.Http3RequestStreamFrame;
import io.netty.handler.codec.http3.Http3RequestStreamInboundHandler;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicSslContext;
import io.netty.handler.codec.quic.QuicSslContextBuilder;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One HTTP/3 connection (RFC 9114) by Netty and the QUIC of Cloudflare's quiche, over which any number of requests go
 * to one host.
 */
public final class Http3Connection implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 30;
    private static final long WINDOW = 10_000_000;

    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final String host;
    private final int port;
    private final Channel socket;
    private final QuicChannel connection;
    private final Http3ClientConnectionHandler handler = new Http3ClientConnectionHandler();

    /** Connects; any certificate will do. */
    public Http3Connection(String host, int port) throws IOException {
        this.host = host;
        this.port = port;
        QuicSslContext ssl = QuicSslContextBuilder.forClient()
                .trustManager(InsecureTrustManagerFactory.INSTANCE)
                .applicationProtocols(Http3.supportedApplicationProtocols())
                .build();
        var codec = Http3.newQuicClientCodecBuilder()
                .sslEngineProvider(channel -> ssl.newEngine(channel.alloc(), host, port))
                .maxIdleTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .initialMaxData(WINDOW)
                .initialMaxStreamDataBidirectionalLocal(WINDOW)
                .build();
        try {
            socket = new Bootstrap()
                    .group(group)
                    .channel(NioDatagramChannel.class)
                    .handler(codec)
                    .bind(0)
                    .sync()
                    .channel();
            connection = QuicChannel.newBootstrap(socket)
                    .handler(handler)
                    .remoteAddress(new InetSocketAddress("127.0.0.1", port))
                    .connect()
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            end();
            throw new IOException("No QUIC connection to " + host + ":" + port, e);
        }
    }

    /** Whether further requests can go over it. */
    public boolean open() {
        return connection.isActive() && !handler.isGoAwayReceived();
    }

    public Curl.Answer get(String path) throws IOException {
        return request("GET", path, new byte[0]);
    }

    public Curl.Answer post(String path, byte[] body) throws IOException {
        return request("POST", path, body);
    }

    private Curl.Answer request(String method, String path, byte[] body) throws IOException {
        Exchange exchange = new Exchange();
        try {
            QuicStreamChannel stream =
                    Http3.newRequestStream(connection, exchange).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            Http3Headers headers = new DefaultHttp3Headers();
            headers.method(method).path(path).scheme("https").authority(host + ":" + port);
            List<Http3RequestStreamFrame> frames = new ArrayList<>(List.of(new DefaultHttp3HeadersFrame(headers)));
            if (body.length > 0) {
                frames.add(new DefaultHttp3DataFrame(Unpooled.wrappedBuffer(body)));
            }
            for (Http3RequestStreamFrame frame : frames) {
                stream.writeAndFlush(frame).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            }
            stream.shutdownOutput().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return exchange.answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new IOException(method + " " + path + " was not answered", e);
        }
    }

    @Override
    public void close() {
        connection.close().awaitUninterruptibly();
        socket.close().awaitUninterruptibly();
        end();
    }

    private void end() {
        group.shutdownGracefully(0, PATIENCE_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    /** Gathers one answer. */
    private static final class Exchange extends Http3RequestStreamInboundHandler {
        private final CompletableFuture<Curl.Answer> answer = new CompletableFuture<>();
        private final Map<String, String> headers = new TreeMap<>();
        private final ByteArrayOutputStream body = new ByteArrayOutputStream();

        @Override
        protected void channelRead(ChannelHandlerContext context, Http3HeadersFrame frame) {
            frame.headers()
                    .forEach(header -> headers.merge(
                            header.getKey().toString(),
                            header.getValue().toString(),
                            (one, other) -> one + ", " + other));
        }

        @Override
        protected void channelRead(ChannelHandlerContext context, Http3DataFrame frame) throws IOException {
            ByteBuf content = frame.content();
            content.readBytes(body, content.readableBytes());
            frame.release();
        }

        @Override
        protected void channelInputClosed(ChannelHandlerContext context) {
            String status = headers.remove(":status");
            if (status == null) {
                answer.completeExceptionally(new IOException("The stream was reset"));
            } else {
                answer.complete(new Curl.Answer(
                        "HTTP/3", Integer.parseInt(status), headers, body.toString(StandardCharsets.UTF_8)));
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            answer.completeExceptionally(cause);
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            answer.completeExceptionally(new IOException("The stream was closed"));
        }
    }
}
