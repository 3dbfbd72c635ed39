package io.jenkins.plugins.shera.monitoring.alertmanager;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Alerts in the words of a chat's group robot: WeCom's and DingTalk's {@code msgtype}, Lark's {@code msg_type}. */
public final class ChatMessage {

    /** WeCom refuses a text of more than 2048 bytes. */
    private static final int LONGEST = 2000;

    private ChatMessage() {}

    /** The body to be posted to a robot of this kind. */
    public static ObjectNode of(String kind, List<Notice> notices) {
        String text = text(notices);
        // What pods say calls nobody: WeCom and Lark read marks in angle brackets.
        return of(
                kind,
                kind.equals("dingtalk") ? text : text.replace('<', '\u2039').replace('>', '\u203a'));
    }

    /** A text of our own for a robot of this kind, or for what takes Slack's words. */
    public static ObjectNode of(String kind, String text) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        switch (kind) {
            case "lark" -> body.put("msg_type", "text").putObject("content").put("text", text);
            case "wecom", "dingtalk" ->
                body.put("msgtype", "text").putObject("text").put("content", text);
            default -> body.put("text", text);
        }
        return body;
    }

    /** Whether a robot's answer says that it took the message: they answer 200 to everything. */
    public static boolean isAccepted(JsonNode answer) {
        return answer.path("errcode").asInt(0) == 0 && answer.path("code").asInt(0) == 0;
    }

    private static String text(List<Notice> notices) {
        StringBuilder text = new StringBuilder();
        int shown = 0;
        for (Notice notice : notices) {
            String line = (notice.isFiring() ? "[FIRING] " : "[RESOLVED] ") + notice.label("severity") + " "
                    + notice.label("tenant") + "/" + notice.label("application") + "/" + notice.label("environment")
                    + ": "
                    + (notice.summary().isEmpty() ? notice.label("alertname") : notice.summary())
                    + (notice.isFiring() && !notice.runbook().isEmpty() ? " " + notice.runbook() : "") + "\n";
            if (bytes(text.toString()) + bytes(line) > LONGEST && shown > 0) {
                return text.append("(+")
                        .append(notices.size() - shown)
                        .append(")")
                        .toString();
            }
            text.append(line);
            shown++;
        }
        return text.toString().strip();
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
