package dev.havenkeep.servers;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/** The machine that the control plane itself runs on. */
final class LocalLink implements Link {

    private static final int CONNECT_MILLIS = 5_000;

    private final String server;
    private final Path engineSocket;

    LocalLink(String server, Path engineSocket) {
        this.server = server;
        this.engineSocket = engineSocket;
    }

    @Override
    public Duplex engine() {
        try {
            return connect(new Address.Unix(engineSocket.toString()));
        } catch (IOException e) {
            throw ServerProblems.engineUnreachable(server, engineSocket.toString(), reason(e), e);
        }
    }

    @Override
    public String engineSocket() {
        return engineSocket.toString();
    }

    @Override
    public Duplex open(Address address) {
        try {
            return connect(address);
        } catch (IOException e) {
            throw ServerProblems.refused(server, address, reason(e), e);
        }
    }

    @Override
    public Execution run(Command command) {
        return LocalExecution.start(server, command);
    }

    @Override
    public void put(RemoteFile file) {
        Path target = Path.of(file.path());
        if (!target.isAbsolute() || target.getFileName() == null) {
            throw new IllegalArgumentException("A file's path must be absolute: " + file.path());
        }
        try {
            Path folder = target.getParent();
            Files.createDirectories(folder);
            Path fresh = Files.createTempFile(
                    folder,
                    "." + target.getFileName(),
                    ".new",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            try {
                write(fresh, file.content());
                Files.setPosixFilePermissions(fresh, permissions(file.mode()));
                Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(fresh);
            }
        } catch (IOException e) {
            throw ServerProblems.failed(server, file.path() + " could not be written", reason(e), e);
        }
    }

    private static Duplex connect(Address address) throws IOException {
        return switch (address) {
            case Address.Unix unix ->
                connected(SocketChannel.open(StandardProtocolFamily.UNIX), UnixDomainSocketAddress.of(unix.path()));
            case Address.Tcp tcp -> connected(SocketChannel.open(), new InetSocketAddress(tcp.host(), tcp.port()));
        };
    }

    private static Duplex connected(SocketChannel channel, SocketAddress address) throws IOException {
        try {
            if (address instanceof InetSocketAddress tcp) {
                if (tcp.isUnresolved()) {
                    throw new UnknownHostException(tcp.getHostString());
                }
                channel.socket().connect(tcp, CONNECT_MILLIS);
                channel.socket().setTcpNoDelay(true);
            } else {
                channel.connect(address);
            }
            return new SocketDuplex(channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static void write(Path file, byte[] content) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    private static Set<PosixFilePermission> permissions(int mode) {
        PosixFilePermission[] fromLowestBit = {
            PosixFilePermission.OTHERS_EXECUTE, PosixFilePermission.OTHERS_WRITE, PosixFilePermission.OTHERS_READ,
            PosixFilePermission.GROUP_EXECUTE, PosixFilePermission.GROUP_WRITE, PosixFilePermission.GROUP_READ,
            PosixFilePermission.OWNER_EXECUTE, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_READ
        };
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        for (int bit = 0; bit < fromLowestBit.length; bit++) {
            if ((mode & (1 << bit)) != 0) {
                permissions.add(fromLowestBit[bit]);
            }
        }
        return permissions;
    }

    private static String reason(IOException e) {
        return switch (e) {
            case NoSuchFileException missing -> "there is no " + missing.getFile();
            case FileNotFoundException missing -> String.valueOf(missing.getMessage());
            case UnknownHostException unknown -> "the name " + unknown.getMessage() + " is not known";
            default -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        };
    }
}
