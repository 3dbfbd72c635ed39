package io.jenkins.plugins.shera.kube.exec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;

/**
 * How a command ended.
 *
 * @param exitCode of the command, or {@link #UNKNOWN} when the connection ended first or nothing could be started
 * @param message empty after a plain end, else why, as the cluster or the network says it
 */
public record ExecEnd(int exitCode, String message) {

    /** No exit code was learnt. */
    public static final int UNKNOWN = -1;

    private static final ObjectMapper JSON = new ObjectMapper();

    /** From a {@code Status} on channel 3, see remotecommand's NonZeroExitCodeReason in k8s.io/apimachinery. */
    static ExecEnd of(byte[] status) {
        try {
            JsonNode node = JSON.readTree(status);
            if ("Success".equals(node.path("status").asText())) {
                return new ExecEnd(0, "");
            }
            for (JsonNode cause : node.path("details").path("causes")) {
                if ("ExitCode".equals(cause.path("reason").asText())) {
                    return new ExecEnd(cause.path("message").asInt(UNKNOWN), "");
                }
            }
            return new ExecEnd(UNKNOWN, node.path("message").asText("the command could not be run"));
        } catch (IOException e) {
            return new ExecEnd(UNKNOWN, "the cluster ended the command without a readable status");
        }
    }
}
