package dev.havenkeep.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The body of {@code POST /containers/create}, with its members in a fixed order. */
final class ContainerJson {

    private ContainerJson() {}

    static Map<String, Object> of(ContainerSpec spec) {
        Map<String, Object> body = new LinkedHashMap<>();
        ContainerSpec.Program program = spec.program();
        ContainerSpec.Policy policy = spec.policy();
        body.put("Image", spec.image().toString());
        if (program.entrypoint() != null) {
            body.put("Entrypoint", program.entrypoint());
        }
        if (program.command() != null) {
            body.put("Cmd", program.command());
        }
        body.put(
                "Env",
                new TreeMap<>(program.environment())
                        .entrySet().stream()
                                .map(entry ->
                                        entry.getKey() + "=" + entry.getValue().reveal())
                                .toList());
        if (program.user() != null) {
            body.put("User", program.user());
        }
        if (program.workingDirectory() != null) {
            body.put("WorkingDir", program.workingDirectory());
        }
        body.put("Labels", new TreeMap<>(spec.labels()));
        body.put("StopTimeout", policy.stopGrace().toSeconds());
        if (policy.health() != null) {
            body.put("Healthcheck", health(policy.health()));
        }
        if (!spec.ports().isEmpty()) {
            Map<String, Object> exposed = new TreeMap<>();
            spec.ports().forEach(port -> exposed.put(key(port), Map.of()));
            body.put("ExposedPorts", exposed);
        }
        body.put("HostConfig", host(spec));
        if (!spec.networks().isEmpty()) {
            // Before API 1.44 the engine takes one network here; the others are joined before the start.
            ContainerSpec.Attachment first = spec.networks().getFirst();
            body.put(
                    "NetworkingConfig",
                    Map.of("EndpointsConfig", Map.of(first.network().value(), Map.of("Aliases", first.aliases()))));
        }
        return body;
    }

    private static Map<String, Object> host(ContainerSpec spec) {
        ContainerSpec.Policy policy = spec.policy();
        Map<String, Object> host = new LinkedHashMap<>();
        host.put(
                "NetworkMode",
                spec.networks().isEmpty()
                        ? "none"
                        : spec.networks().getFirst().network().value());
        host.put("RestartPolicy", Map.of("Name", policy.restart() ? "unless-stopped" : "no"));
        host.put("Init", true);
        host.put("SecurityOpt", List.of("no-new-privileges:true"));
        Map<String, String> log = new TreeMap<>();
        log.put("max-size", Long.toString(policy.logBytes()));
        log.put("max-file", Integer.toString(policy.logFiles()));
        host.put("LogConfig", ordered("Type", "json-file", "Config", log));
        if (spec.resources().nanoCpus() != null) {
            host.put("NanoCpus", spec.resources().nanoCpus());
        }
        if (spec.resources().memoryBytes() != null) {
            host.put("Memory", spec.resources().memoryBytes());
        }
        if (!spec.mounts().isEmpty()) {
            host.put("Mounts", spec.mounts().stream().map(ContainerJson::mount).toList());
        }
        if (!spec.ports().isEmpty()) {
            Map<String, List<Object>> bindings = new TreeMap<>();
            spec.ports()
                    .forEach(port -> bindings.computeIfAbsent(key(port), each -> new ArrayList<>())
                            .add(ordered("HostIp", port.hostAddress(), "HostPort", Integer.toString(port.hostPort()))));
            host.put("PortBindings", bindings);
        }
        if (!policy.capabilities().isEmpty()) {
            host.put("CapAdd", policy.capabilities());
        }
        return host;
    }

    private static Map<String, Object> health(CommandHealth health) {
        List<String> test = new ArrayList<>();
        test.add("CMD");
        test.addAll(health.command());
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("Test", test);
        json.put("Interval", nanos(health.interval()));
        json.put("Timeout", nanos(health.timeout()));
        json.put("StartPeriod", nanos(health.startPeriod()));
        json.put("Retries", health.retries());
        return json;
    }

    /** The engine takes 0 as "the default" and refuses less than a millisecond. */
    private static long nanos(Duration duration) {
        return duration.isZero() ? 0 : Math.max(duration.toNanos(), 1_000_000);
    }

    private static Map<String, Object> mount(Mount mount) {
        return switch (mount) {
            case Mount.Volume volume -> {
                Map<String, Object> json =
                        ordered("Type", "volume", "Source", volume.volume().value(), "Target", volume.target());
                json.put("ReadOnly", volume.readOnly());
                yield json;
            }
            case Mount.Bind bind -> {
                Map<String, Object> json = ordered("Type", "bind", "Source", bind.source(), "Target", bind.target());
                json.put("ReadOnly", bind.readOnly());
                yield json;
            }
            case Mount.Memory memory -> {
                Map<String, Object> json = ordered("Type", "tmpfs", "Target", memory.target());
                json.put("TmpfsOptions", Map.of("SizeBytes", memory.sizeBytes()));
                yield json;
            }
        };
    }

    private static String key(PublishedPort port) {
        return port.containerPort() + "/" + port.protocol().name().toLowerCase(Locale.ROOT);
    }

    private static Map<String, Object> ordered(Object... namesAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return map;
    }
}
