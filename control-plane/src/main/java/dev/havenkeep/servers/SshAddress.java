package dev.havenkeep.servers;

import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Where a server's sshd answers, and as whom Havenkeep signs in there.
 *
 * @param host a host name (RFC 1123 section 2.1) or an IP address
 * @param port 1 to 65535
 * @param user a Linux user name
 */
record SshAddress(String host, int port, String user) {

    private static final int MOST_PORTS = 65_535;
    private static final int MAX_HOST = 253;
    private static final Pattern HOST = Pattern.compile(
            "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
    private static final Pattern USER = Pattern.compile("[a-z_][a-z0-9_-]{0,31}");

    /** @throws ProblemException 422 naming each part that is not acceptable */
    SshAddress {
        List<Problem.Field> wrong = new ArrayList<>();
        if (host.length() > MAX_HOST
                || !(HOST.matcher(host).matches() || IPV6.matcher(host).matches())) {
            wrong.add(new Problem.Field("host", "must be a host name or an IP address, without a port"));
        }
        if (port < 1 || port > MOST_PORTS) {
            wrong.add(new Problem.Field("port", "must be between 1 and " + MOST_PORTS));
        }
        if (!USER.matcher(user).matches()) {
            wrong.add(new Problem.Field(
                    "user", "must be a Linux user name: up to 32 lower-case letters, digits, _ and -"));
        }
        if (!wrong.isEmpty()) {
            throw new ProblemException(Problem.invalid(wrong));
        }
    }
}
