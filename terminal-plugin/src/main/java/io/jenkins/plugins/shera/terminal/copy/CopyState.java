package io.jenkins.plugins.shera.terminal.copy;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * How a copy is, read from its pod.
 *
 * @param word one of those {@link DebugCopy} names
 * @param why the cluster's own words
 */
record CopyState(String word, String why) {

    private static final int LONGEST = 400;

    static CopyState of(JsonNode pod, String container) {
        JsonNode status = pod.path("status");
        if (pod.path("metadata").hasNonNull("deletionTimestamp")) {
            return new CopyState("going", "");
        }
        JsonNode held = named(status.path("containerStatuses"), container);
        String noShell = noShell(held);
        if (!noShell.isEmpty()) {
            return new CopyState("noshell", cut(noShell));
        }
        String phase = status.path("phase").asText();
        if (phase.equals("Failed") || phase.equals("Succeeded")) {
            return ended(status, held);
        }
        if (held.path("state").has("running")) {
            return new CopyState("running", "");
        }
        return new CopyState("starting", cut(waits(status, held)));
    }

    private static CopyState ended(JsonNode status, JsonNode held) {
        if (status.path("reason").asText().equals("DeadlineExceeded")) {
            return new CopyState("over", "");
        }
        for (JsonNode each : status.path("initContainerStatuses")) {
            JsonNode end = each.path("state").path("terminated");
            if (end.path("exitCode").asInt() != 0) {
                return new CopyState(
                        "failed", cut("init container " + each.path("name").asText() + ": " + told(end)));
            }
        }
        JsonNode end = held.path("state").path("terminated");
        if (end.path("exitCode").asInt(-1) == 0) {
            return new CopyState("over", "");
        }
        return new CopyState(
                "failed",
                cut(
                        end.isMissingNode()
                                ? status.path("reason").asText() + " "
                                        + status.path("message").asText()
                                : told(end)));
    }

    private static String told(JsonNode end) {
        return end.path("reason").asText() + " (" + end.path("exitCode").asInt() + ") "
                + end.path("message").asText();
    }

    private static String waits(JsonNode status, JsonNode held) {
        for (JsonNode each : status.path("conditions")) {
            if (each.path("type").asText().equals("PodScheduled")
                    && each.path("status").asText().equals("False")) {
                return each.path("message").asText();
            }
        }
        JsonNode waiting = held.path("state").path("waiting");
        String reason = waiting.path("reason").asText();
        return reason.equals("ContainerCreating") || reason.equals("PodInitializing")
                ? ""
                : (reason + " " + waiting.path("message").asText()).strip();
    }

    /** Runtimes say so in words alone: {@code exec: "sh": executable file not found in $PATH}, {@code no such file or directory}. */
    private static String noShell(JsonNode held) {
        for (String state : new String[] {"terminated", "waiting"}) {
            JsonNode at = held.path("state").path(state);
            String message = at.path("message").asText();
            boolean never = state.equals("waiting") || at.path("exitCode").asInt() >= 126;
            boolean none = message.contains("not found") || message.contains("no such file");
            if (never && none && message.contains("exec") && message.contains("sh")) {
                return message;
            }
        }
        return "";
    }

    static JsonNode named(JsonNode list, String name) {
        for (JsonNode each : list) {
            if (each.path("name").asText().equals(name)) {
                return each;
            }
        }
        return com.fasterxml.jackson.databind.node.MissingNode.getInstance();
    }

    private static String cut(String text) {
        String clean = text.replaceAll("\\p{Cntrl}+", " ").strip();
        return clean.length() > LONGEST ? clean.substring(0, LONGEST) + "\u2026" : clean;
    }
}
