package io.jenkins.plugins.shera.monitoring.alertmanager;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.shera.monitoring.thresholds.Runbook;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An alert as Alertmanager tells a web hook of it (version 4 of that message).
 *
 * @param fingerprint the same for as long as the labels are the same
 * @param status {@code firing} or {@code resolved}
 * @param runbook address of a page that says what to do; empty for none, and for one that nobody may be sent to
 */
public record Notice(
        String fingerprint, String status, Map<String, String> labels, String summary, Instant from, String runbook) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST = 1000;
    private static final int LONGEST = 500;

    /** Keeps its own copy. */
    public Notice {
        labels = java.util.Collections.unmodifiableMap(new TreeMap<>(labels));
    }

    /** One without a runbook. */
    public Notice(String fingerprint, String status, Map<String, String> labels, String summary, Instant from) {
        this(fingerprint, status, labels, summary, from, "");
    }

    /** A label's value, empty where there is none. */
    public String label(String name) {
        return labels.getOrDefault(name, "");
    }

    /** Whether it goes on. */
    public boolean isFiring() {
        return status.equals("firing");
    }

    /** Reads a message; what is no alert in it is left out. */
    public static List<Notice> read(byte[] body) throws IOException {
        JsonNode root;
        try {
            root = JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new IOException("what Alertmanager told is no JSON", e);
        }
        List<Notice> notices = new ArrayList<>();
        for (JsonNode alert : root == null ? JSON.createArrayNode() : root.path("alerts")) {
            if (notices.size() == MOST) {
                break;
            }
            Map<String, String> labels = new TreeMap<>();
            alert.path("labels")
                    .fields()
                    .forEachRemaining(label -> labels.put(
                            label.getKey(), shortened(label.getValue().asText())));
            String status = alert.path("status").asText();
            String fingerprint = alert.path("fingerprint").asText();
            if (status.matches("firing|resolved") && fingerprint.matches("[0-9a-f]{1,64}")) {
                notices.add(new Notice(
                        fingerprint,
                        status,
                        labels,
                        shortened(alert.path("annotations").path("summary").asText()),
                        instant(alert.path("startsAt").asText()),
                        Runbook.orEmpty(alert.path("annotations")
                                .path(Runbook.ANNOTATION)
                                .asText())));
            }
        }
        return notices;
    }

    private static Instant instant(String text) {
        try {
            return Instant.from(java.time.format.DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text));
        } catch (DateTimeParseException e) {
            return Instant.now();
        }
    }

    private static String shortened(String text) {
        String line = text.replaceAll("\\p{Cntrl}", " ").strip();
        return line.length() > LONGEST ? line.substring(0, LONGEST) + "\u2026" : line;
    }
}
