package io.jenkins.plugins.shera.deploy.apm;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The volume, and the init container that copies an agent into it: without a shell, without root, within Pod Security baseline and
 * restricted. What the API server would fill in is said, so that what is read back is what was sent.
 */
final class AgentParts {

    /** Where the application's container finds the agent. */
    static final String DIR = "/" + AgentTemplate.NAME;

    private static final int NOBODY = 65532;

    private AgentParts() {}

    static void mount(Agent agent, ObjectNode spec, ObjectNode container) {
        ObjectNode volume = spec.withArrayProperty("volumes").addObject().put("name", AgentTemplate.NAME);
        volume.putObject("emptyDir").put("sizeLimit", "512Mi");
        ObjectNode init = spec.withArrayProperty("initContainers").addObject();
        init.put("name", AgentTemplate.NAME)
                .put("image", agent.image())
                .put("imagePullPolicy", "IfNotPresent")
                .put("terminationMessagePath", "/dev/termination-log")
                .put("terminationMessagePolicy", "File");
        init.putArray("command").add("cp").add("-r").add(from(agent.path())).add(DIR + "/");
        init.withArrayProperty("volumeMounts")
                .addObject()
                .put("name", AgentTemplate.NAME)
                .put("mountPath", DIR);
        init.withObject("/resources/requests").put("cpu", "10m").put("memory", "32Mi");
        init.withObject("/resources/limits").put("cpu", "500m").put("memory", "128Mi");
        ObjectNode security = init.putObject("securityContext");
        security.put("allowPrivilegeEscalation", false)
                .put("readOnlyRootFilesystem", true)
                .put("runAsNonRoot", true)
                .put("runAsUser", NOBODY)
                .put("runAsGroup", NOBODY);
        security.putObject("capabilities").putArray("drop").add("ALL");
        security.putObject("seccompProfile").put("type", "RuntimeDefault");
        ObjectNode seen = container.withArrayProperty("volumeMounts").addObject();
        seen.put("name", AgentTemplate.NAME).put("mountPath", DIR);
        if (!agent.writable()) {
            seen.put("readOnly", true);
        }
    }

    private static String from(String path) {
        return path.endsWith("/") ? path + "." : path;
    }
}
