package dev.havenkeep.deployments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.havenkeep.testing.Answer;
import dev.havenkeep.testing.Client;
import dev.havenkeep.testing.Vps;
import java.util.List;
import java.util.Map;

/** A server of the lab that Havenkeep reaches by nothing but SSH; visitors reach its edge at its own address. */
record SshSite(Vps vps, int http) implements Site {

    private static final int HTTP = 80;

    static SshSite start() {
        return start(HTTP);
    }

    /** With an edge on this port, where the control plane is told so. */
    static SshSite start(int http) {
        return new SshSite(Vps.start("deploy"), http);
    }

    /** The machine is the test's alone: its edge is as it is for everybody, and there is no Docker anywhere else. */
    @Override
    public Map<String, String> properties() {
        return Map.of("haven.engine.socket", "/nonexistent/docker.sock");
    }

    /** With a key that Havenkeep makes, and the host key of the first contact. */
    @Override
    public String addTo(Client api, String team) {
        Answer added = api.post(
                        "/api/v1/teams/" + team + "/servers",
                        Map.of("name", vps.name(), "kind", "ssh", "host", vps.address(), "user", vps.user()))
                .expect(201);
        String server = "/api/v1/servers/" + added.text("id");
        vps.run("sh", "-c", "echo \"$1\" >>/root/.ssh/authorized_keys", "sh", added.text("publicKey"));
        assertThat(api.post(server + "/check").expect(200).text("/problem/code"))
                .isEqualTo("host-key-unconfirmed");
        Answer seen = api.get(server).expect(200);
        assertThat(seen.text("pendingHostKey")).isEqualTo(vps.hostKey());
        api.with("If-Match", seen.header("ETag"))
                .patch(server, Map.of("hostKey", seen.text("pendingHostKey")))
                .expect(200);
        Answer checked = api.post(server + "/check").expect(200);
        assertThat(checked.json().path("reachable").asBoolean())
                .as(checked.body())
                .isTrue();
        return added.text("id");
    }

    @Override
    public Edged get(String host, String path) {
        return Edged.get(vps.address(), http, host, path);
    }

    @Override
    public List<String> run(String... argv) {
        return vps.run(argv);
    }

    /** The machine that it is a container of. */
    @Override
    public String addressOfTests() {
        return run("ip", "-4", "route", "show", "default").getFirst().split(" ")[2];
    }

    /** Kills its SSH server with every connection; systemd starts it again at once. */
    void breakConnections() {
        vps.run("systemctl", "reset-failed", "ssh.service");
        vps.run("systemctl", "kill", "--kill-whom=all", "--signal=KILL", "ssh.service");
    }

    /** Kills its engine, and keeps systemd from starting it again. */
    void killEngine() {
        run("systemctl", "kill", "--kill-whom=main", "--signal=KILL", "docker.service");
        run("systemctl", "stop", "docker.socket", "docker.service");
    }

    /** Starts the engine again, which ends or starts anew what it ran. */
    void startEngine() {
        run("systemctl", "reset-failed", "docker.service");
        run("systemctl", "start", "docker.socket", "docker.service");
    }

    /** Resets what comes to its SSH server, on connections that there are and on new ones. */
    void refuseConnections() {
        firewall("--insert");
    }

    /** Lets the SSH server answer again. */
    void acceptConnections() {
        firewall("--delete");
    }

    private void firewall(String action) {
        vps.run(
                "iptables",
                action,
                "INPUT",
                "--protocol",
                "tcp",
                "--dport",
                Integer.toString(vps.port()),
                "--jump",
                "REJECT",
                "--reject-with",
                "tcp-reset");
    }

    @Override
    public void close() {
        vps.close();
    }
}
