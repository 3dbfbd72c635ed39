package io.jenkins.plugins.shera.kube.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The level {@code baseline} of the Pod Security Standards of Kubernetes 1.34, held against any object that contains a
 * pod, whatever its kind: wherever an object has a list {@code containers}, it is taken for a pod's spec.
 */
public final class PodSecurity {

    private static final Set<String> CAPABILITIES = Set.of(
            "AUDIT_WRITE",
            "CHOWN",
            "DAC_OVERRIDE",
            "FOWNER",
            "FSETID",
            "KILL",
            "MKNOD",
            "NET_BIND_SERVICE",
            "SETFCAP",
            "SETGID",
            "SETPCAP",
            "SETUID",
            "SYS_CHROOT");
    private static final Set<String> SYSCTLS = Set.of(
            "kernel.shm_rmid_forced",
            "net.ipv4.ip_local_port_range",
            "net.ipv4.ip_unprivileged_port_start",
            "net.ipv4.tcp_syncookies",
            "net.ipv4.ping_group_range",
            "net.ipv4.ip_local_reserved_ports",
            "net.ipv4.tcp_keepalive_time",
            "net.ipv4.tcp_fin_timeout",
            "net.ipv4.tcp_keepalive_intvl",
            "net.ipv4.tcp_keepalive_probes",
            "net.ipv4.tcp_rmem",
            "net.ipv4.tcp_wmem");
    private static final Set<String> SELINUX_TYPES =
            Set.of("", "container_t", "container_init_t", "container_kvm_t", "container_engine_t");
    private static final List<String> CONTAINERS = List.of("containers", "initContainers", "ephemeralContainers");

    private final List<String> found = new ArrayList<>();

    private PodSecurity() {}

    /** What the object asks for and baseline does not allow, each with its path; empty when it is fine. */
    public static List<String> violations(JsonNode object) {
        PodSecurity check = new PodSecurity();
        check.walk(object, "");
        return check.found;
    }

    private void walk(JsonNode node, String path) {
        if (node.path("containers").isArray()) {
            pod(node, path);
        }
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            if (field.getKey().startsWith("container.apparmor.security.beta.kubernetes.io/")) {
                allow(
                        field.getValue().asText().matches("runtime/default|localhost/.*|"),
                        path + "." + field.getKey(),
                        "AppArmor switched off");
            }
            walk(field.getValue(), path.isEmpty() ? field.getKey() : path + "." + field.getKey());
        }
        if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                walk(node.get(i), path + "[" + i + "]");
            }
        }
    }

    private void pod(JsonNode spec, String path) {
        for (String field : List.of("hostNetwork", "hostPID", "hostIPC")) {
            allow(!isTrue(spec.path(field)), path + "." + field, "a namespace of the node");
        }
        for (JsonNode volume : spec.path("volumes")) {
            allow(
                    !volume.has("hostPath"),
                    path + ".volumes[" + volume.path("name").asText() + "].hostPath",
                    "a folder of the node");
        }
        context(spec.path("securityContext"), path + ".securityContext");
        for (JsonNode sysctl : spec.path("securityContext").path("sysctls")) {
            String name = sysctl.path("name").asText();
            allow(SYSCTLS.contains(name), path + ".securityContext.sysctls", "the kernel setting " + name);
        }
        for (String list : CONTAINERS) {
            for (JsonNode container : spec.path(list)) {
                container(
                        container,
                        path + "." + list + "[" + container.path("name").asText() + "]");
            }
        }
    }

    private void container(JsonNode container, String path) {
        JsonNode context = container.path("securityContext");
        String at = path + ".securityContext";
        allow(!isTrue(context.path("privileged")), at + ".privileged", "all rights of the node");
        for (JsonNode capability : context.path("capabilities").path("add")) {
            String name = capability.asText().toUpperCase(Locale.ROOT).replaceFirst("^CAP_", "");
            allow(CAPABILITIES.contains(name), at + ".capabilities.add", "the capability " + capability.asText());
        }
        allow(context.path("procMount").asText("Default").equals("Default"), at + ".procMount", "an open /proc");
        context(context, at);
        for (JsonNode port : container.path("ports")) {
            allow(port.path("hostPort").asInt(0) == 0, path + ".ports.hostPort", "a port of the node");
        }
        for (String probe : List.of("livenessProbe", "readinessProbe", "startupProbe")) {
            probe(container.path(probe), path + "." + probe);
        }
        for (String hook : List.of("postStart", "preStop")) {
            probe(container.path("lifecycle").path(hook), path + ".lifecycle." + hook);
        }
    }

    private void probe(JsonNode probe, String path) {
        for (String how : List.of("httpGet", "tcpSocket")) {
            allow(
                    probe.path(how).path("host").asText("").isEmpty(),
                    path + "." + how + ".host",
                    "calls to another host");
        }
    }

    private void context(JsonNode context, String at) {
        allow(
                !isTrue(context.path("windowsOptions").path("hostProcess")),
                at + ".windowsOptions.hostProcess",
                "a process of the node");
        allow(
                !context.path("seccompProfile").path("type").asText("").equals("Unconfined"),
                at + ".seccompProfile",
                "seccomp switched off");
        allow(
                !context.path("appArmorProfile").path("type").asText("").equals("Unconfined"),
                at + ".appArmorProfile",
                "AppArmor switched off");
        JsonNode selinux = context.path("seLinuxOptions");
        allow(
                SELINUX_TYPES.contains(selinux.path("type").asText(""))
                        && selinux.path("user").asText("").isEmpty()
                        && selinux.path("role").asText("").isEmpty(),
                at + ".seLinuxOptions",
                "an SELinux type, user or role of its own");
    }

    private void allow(boolean fine, String path, String what) {
        if (!fine) {
            found.add(path + " asks for " + what);
        }
    }

    /** Text counts too: what the server would refuse as the wrong type must not pass here as harmless. */
    private static boolean isTrue(JsonNode value) {
        return value.asBoolean(false) || "true".equalsIgnoreCase(value.asText());
    }
}
