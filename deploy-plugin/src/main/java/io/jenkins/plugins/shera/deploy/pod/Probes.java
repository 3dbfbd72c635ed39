package io.jenkins.plugins.shera.deploy.pod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.regex.Pattern;

/** Makes Kubernetes' probes of settings, and finds the port of those that name none. */
final class Probes {

    private static final Pattern KIND = Pattern.compile("readiness|liveness|startup");
    private static final Pattern BY = Pattern.compile("|http|tcp|exec|grpc");
    private static final Pattern PATH = Pattern.compile("/[\\x21-\\x7e]{0,500}");
    private static final Pattern SCHEME = Pattern.compile("|HTTP|HTTPS");
    private static final Pattern SERVICE = Pattern.compile("[A-Za-z0-9_./-]{0,200}");
    /** What runs in a shell of the container: one line of text. */
    static final Pattern COMMAND = Pattern.compile("[^\\p{Cntrl}]{1,4000}");

    private static final int DAY = 86_400;

    private Probes() {}

    /** Kind of the probe that the part describes. */
    static String kind(PodPart part) {
        return part.text("kind", KIND, "readiness, liveness or startup");
    }

    static ObjectNode of(PodPart part) {
        part.only(
                "kind",
                "by",
                "path",
                "scheme",
                "command",
                "service",
                "port",
                "initialDelaySeconds",
                "periodSeconds",
                "timeoutSeconds",
                "failureThreshold",
                "successThreshold",
                "graceSeconds");
        String kind = kind(part);
        ObjectNode probe = JsonNodeFactory.instance.objectNode();
        String by = part.text("by", BY, "http, tcp, exec or grpc");
        if (by.isEmpty()) {
            by = part.has("path") ? "http" : part.has("command") ? "exec" : part.has("service") ? "grpc" : "tcp";
        }
        alone(part, by);
        int port = part.number("port", 1, 65535);
        switch (by) {
            case "http" -> {
                ObjectNode get = probe.putObject("httpGet");
                get.put("path", part.text("path", PATH, "a path such as /healthz"));
                String scheme = part.text("scheme", SCHEME, "HTTP or HTTPS");
                if (!scheme.isEmpty()) {
                    get.put("scheme", scheme);
                }
            }
            case "exec" ->
                probe.putObject("exec")
                        .putArray("command")
                        .add("/bin/sh")
                        .add("-c")
                        .add(part.text("command", COMMAND, "one line that the container's /bin/sh runs"));
            case "grpc" -> {
                ObjectNode grpc = probe.putObject("grpc");
                if (part.has("service")) {
                    grpc.put("service", part.text("service", SERVICE, "the name of a gRPC service"));
                }
            }
            default -> probe.putObject("tcpSocket");
        }
        if (port > 0) {
            target(probe).put("port", port);
        }
        numbers(part, kind, probe);
        return probe;
    }

    private static void alone(PodPart part, String by) {
        String[][] belongs = {{"path", "http"}, {"scheme", "http"}, {"command", "exec"}, {"service", "grpc"}};
        for (String[] each : belongs) {
            if (part.has(each[0]) && !each[1].equals(by)) {
                throw part.refused(each[0], "it only with by: '" + each[1] + "', or leave it out");
            }
        }
        if (by.equals("exec") && part.number("port", 1, 65535) > 0) {
            throw part.refused("port", "none with by: 'exec'");
        }
    }

    /** Where nothing is said, Kubernetes' own numbers hold but for these, with which slow answers do no harm and starts are seen soon. */
    private static void numbers(PodPart part, String kind, ObjectNode probe) {
        put(probe, "initialDelaySeconds", part.number("initialDelaySeconds", 0, DAY), 0);
        put(probe, "periodSeconds", part.number("periodSeconds", 1, DAY), kind.equals("liveness") ? 10 : 2);
        put(probe, "timeoutSeconds", part.number("timeoutSeconds", 1, DAY), 2);
        put(probe, "failureThreshold", part.number("failureThreshold", 1, 10_000), kind.equals("startup") ? 150 : 3);
        int successes = part.number("successThreshold", 1, 100);
        int grace = part.number("graceSeconds", 1, DAY);
        if (successes > 1 && !kind.equals("readiness")) {
            throw part.refused("successThreshold", "1 for a " + kind + " probe, as Kubernetes demands");
        }
        if (grace > 0 && kind.equals("readiness")) {
            throw part.refused("graceSeconds", "none for a readiness probe, which ends no container");
        }
        put(probe, "successThreshold", successes, 0);
        put(probe, "terminationGracePeriodSeconds", grace, 0);
    }

    private static void put(ObjectNode probe, String name, int value, int otherwise) {
        if (value > 0 || otherwise > 0) {
            probe.put(name, value > 0 ? value : otherwise);
        }
    }

    private static ObjectNode target(ObjectNode probe) {
        for (String how : new String[] {"httpGet", "tcpSocket", "grpc"}) {
            if (probe.path(how) instanceof ObjectNode found) {
                return found;
            }
        }
        return null;
    }

    /** The probe with the container's first port where it names none. */
    static ObjectNode aimed(String kind, JsonNode probe, JsonNode container) {
        ObjectNode aimed = probe.deepCopy();
        ObjectNode target = target(aimed);
        if (target == null || target.has("port")) {
            return aimed;
        }
        JsonNode port = container.path("ports").path(0);
        if (!port.isObject()) {
            throw new IllegalArgumentException(
                    "The " + kind + " probe in the parameter pod needs a port, and the container"
                            + " has none. Give port, or let it probe by: 'exec'.");
        }
        String name = port.path("name").asText("");
        if (name.isEmpty() || aimed.has("grpc")) {
            target.put("port", port.path("containerPort").asInt());
        } else {
            target.put("port", name);
        }
        return aimed;
    }
}
