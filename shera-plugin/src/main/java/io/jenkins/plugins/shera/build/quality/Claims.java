package io.jenkins.plugins.shera.build.quality;

import io.jenkins.plugins.shera.oci.statement.ImageLabels;
import java.util.Map;
import java.util.TreeMap;

/** What is written of a verdict: little into the label, which is part of the image's digest; all into the signed statement. */
public final class Claims {
    private static final String QUALITY = ImageLabels.OURS + "quality.";
    private static final int LONGEST_LIST = 8_000;

    private Claims() {}

    /** The labels: what cannot differ between two analyses of the same commit. */
    public static Map<String, String> labels(QualityVerdict quality) {
        Map<String, String> labels = new TreeMap<>();
        labels.put(ImageLabels.GATE, quality.getGate());
        if (!quality.getProjectKey().isEmpty()) {
            labels.put(QUALITY + "project", quality.getProjectKey());
            labels.put(QUALITY + "commit", quality.getCommit());
        }
        return labels;
    }

    /** The claims of the statement: the labels and how the verdict came about. */
    public static Map<String, String> statement(QualityVerdict quality, String build) {
        Map<String, String> claims = labels(quality);
        claims.put(ImageLabels.BUILD, build);
        put(claims, "server", quality.getServerUrl());
        put(claims, "task", quality.getTaskId());
        put(claims, "analysis", quality.getAnalysisId());
        put(claims, "tree", quality.getTree());
        put(claims, "exclusions", limited(String.join("\n", quality.getExclusions())));
        if (!quality.getServerUrl().isEmpty()) {
            put(claims, "at", quality.at().toString());
        }
        quality.getMeasures().forEach((metric, value) -> put(claims, "measure." + metric, value));
        return claims;
    }

    private static void put(Map<String, String> claims, String name, String value) {
        if (!value.isEmpty()) {
            claims.put(QUALITY + name, value);
        }
    }

    private static String limited(String text) {
        return text.length() <= LONGEST_LIST ? text : text.substring(0, LONGEST_LIST) + "\n...";
    }
}
