package io.jenkins.plugins.shera.harness.browser;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What a page did that a page should not do; written by the connection's thread, read by the test's. */
final class Findings {

    private final List<String> found = new CopyOnWriteArrayList<>();

    void hear(String event, JsonNode parameters) {
        switch (event) {
            case "Runtime.exceptionThrown" -> found.add("script: " + thrown(parameters.get("exceptionDetails")));
            case "Runtime.consoleAPICalled" -> console(parameters);
            case "Log.entryAdded" -> log(parameters.get("entry"));
            case "Audits.issueAdded" -> issue(parameters.get("issue"));
            default -> {
                // Other events say nothing about the page's conduct.
            }
        }
    }

    List<String> all() {
        return List.copyOf(found);
    }

    List<String> take() {
        List<String> taken = new ArrayList<>(found);
        found.removeAll(taken);
        return taken;
    }

    private void console(JsonNode call) {
        if (call.get("type").asText().matches("error|assert")) {
            found.add("console: " + call.get("args").findValuesAsText("value"));
        }
    }

    private void log(JsonNode entry) {
        if (entry.get("level").asText().equals("error")) {
            found.add(entry.get("source").asText() + ": " + entry.get("text").asText() + " "
                    + entry.path("url").asText());
        }
    }

    private void issue(JsonNode issue) {
        JsonNode policy = issue.path("details").path("contentSecurityPolicyIssueDetails");
        if (!policy.isMissingNode()) {
            found.add("Content-Security-Policy: "
                    + policy.path("violatedDirective").asText() + " "
                    + policy.path("blockedURL").asText() + " " + policy.path("sourceCodeLocation"));
        }
    }

    private static String thrown(JsonNode details) {
        return details.path("exception")
                .path("description")
                .asText(details.path("text").asText());
    }
}
