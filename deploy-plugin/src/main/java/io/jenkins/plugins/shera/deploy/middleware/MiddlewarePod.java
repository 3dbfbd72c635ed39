package io.jenkins.plugins.shera.deploy.middleware;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The pod of one instance: not root, a read-only image, no rights, no token, and its data on one volume. */
final class MiddlewarePod {

    private static final String CONTAINER = "middleware";
    private static final int PERIOD = 3;
    private static final int SECONDS_TO_END = 60;

    private final MiddlewareSpec spec;
    private final String image;

    MiddlewarePod(MiddlewareSpec spec, String image) {
        this.spec = spec;
        this.image = image;
    }

    void into(ObjectNode pod, int secondsToStart) {
        pod.put("automountServiceAccountToken", false)
                .put("enableServiceLinks", false)
                .put("terminationGracePeriodSeconds", SECONDS_TO_END);
        pod.putObject("securityContext")
                .put("runAsNonRoot", true)
                .put("runAsUser", MiddlewareObjects.USER)
                .put("runAsGroup", MiddlewareObjects.USER)
                .put("fsGroup", MiddlewareObjects.USER)
                .put("fsGroupChangePolicy", "OnRootMismatch")
                .putObject("seccompProfile")
                .put("type", "RuntimeDefault");
        if (!spec.pullSecret().isEmpty()) {
            pod.putArray("imagePullSecrets").addObject().put("name", spec.pullSecret());
        }
        container(pod.putArray("containers").addObject(), secondsToStart);
        ArrayNode volumes = pod.putArray("volumes");
        volumes.addObject()
                .put("name", "data")
                .putObject("persistentVolumeClaim")
                .put("claimName", spec.name() + "-data");
        volumes.addObject().put("name", "scripts").putObject("configMap").put("name", spec.name() + "-scripts");
        // Holds the password as the program reads it, so it never reaches a disk.
        volumes.addObject()
                .put("name", "run")
                .putObject("emptyDir")
                .put("medium", "Memory")
                .put("sizeLimit", "16Mi");
        volumes.addObject().put("name", "tmp").putObject("emptyDir");
    }

    private void container(ObjectNode container, int secondsToStart) {
        container.put("name", CONTAINER).put("image", image);
        command(container.putArray("command"), "start.sh");
        environment(container.putArray("env"));
        ObjectNode resources = container.putObject("resources");
        if (!spec.cpu().isEmpty()) {
            resources.withObject("/requests").put("cpu", spec.cpu());
        }
        resources.withObject("/requests").put("memory", spec.memory());
        resources.withObject("/limits").put("memory", spec.memory());
        ObjectNode security = container.putObject("securityContext");
        security.put("allowPrivilegeEscalation", false).put("readOnlyRootFilesystem", true);
        security.putObject("capabilities").putArray("drop").add("ALL");
        container
                .putArray("ports")
                .addObject()
                .put("name", "main")
                .put("containerPort", spec.template().port());
        probes(container, secondsToStart);
        ArrayNode mounts = container.putArray("volumeMounts");
        mounts.addObject().put("name", "data").put("mountPath", "/data");
        mounts.addObject().put("name", "scripts").put("mountPath", "/shera").put("readOnly", true);
        mounts.addObject().put("name", "run").put("mountPath", "/run/shera");
        mounts.addObject().put("name", "tmp").put("mountPath", "/tmp");
    }

    /** The first start and a recovery may take long; after that a port that answers is enough to live, a login to be ready. */
    private void probes(ObjectNode container, int secondsToStart) {
        ObjectNode startup = container.putObject("startupProbe");
        ObjectNode ready = container.putObject("readinessProbe");
        if (spec.template() == Template.RABBITMQ) {
            // It listens last of all; its own tools start a virtual machine each time, which slows the start they wait
            // for.
            listens(startup);
            listens(ready);
        } else {
            ready(startup);
            ready(ready);
        }
        startup.put("periodSeconds", PERIOD).put("failureThreshold", secondsToStart / PERIOD);
        ready.put("periodSeconds", 5);
        ObjectNode live = container.putObject("livenessProbe");
        listens(live);
        live.put("periodSeconds", 10).put("failureThreshold", 6);
    }

    private static void listens(ObjectNode probe) {
        probe.put("timeoutSeconds", 5);
        probe.putObject("tcpSocket").put("port", "main");
    }

    private static void ready(ObjectNode probe) {
        probe.put("timeoutSeconds", 10);
        command(probe.putObject("exec").putArray("command"), "ready.sh");
    }

    private static void command(ArrayNode command, String script) {
        command.add("/bin/sh").add("/shera/" + script);
    }

    private void environment(ArrayNode env) {
        Template template = spec.template();
        secret(env, "SHERA_USER", "user");
        secret(env, "SHERA_PASSWORD", "password");
        secret(env, "SHERA_NAME", "name");
        if (template.hasRoot()) {
            secret(env, "SHERA_ROOT_PASSWORD", "root-password");
        }
        variable(env, "SHERA_CACHE_MIB", String.valueOf(spec.cacheMebi()));
        switch (template) {
            case MYSQL ->
                variable(env, "SHERA_MAX_CONNECTIONS", spec.parameters().get("maxConnections"));
            case REDIS ->
                variable(env, "SHERA_MAXMEMORY_POLICY", spec.parameters().get("maxmemoryPolicy"));
            case RABBITMQ -> {
                variable(env, "HOME", "/data/home");
                variable(env, "RABBITMQ_NODENAME", "rabbit@localhost");
                variable(env, "ERL_EPMD_ADDRESS", "127.0.0.1");
                variable(env, "LC_ALL", "C.UTF-8");
            }
            default -> throw new IllegalStateException(template.id());
        }
    }

    private static void variable(ArrayNode env, String name, String value) {
        env.addObject().put("name", name).put("value", value);
    }

    private void secret(ArrayNode env, String name, String key) {
        env.addObject()
                .put("name", name)
                .putObject("valueFrom")
                .putObject("secretKeyRef")
                .put("name", MiddlewareObjects.credentials(spec.name()))
                .put("key", key);
    }
}
