package io.jenkins.plugins.shera.build.quality;

import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** The word of a quality gate on one state of the source; saved with builds and read by Pipeline scripts, never made by them. */
public final class QualityVerdict implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The gate was passed. */
    public static final String OK = "OK";
    /** The gate failed. */
    public static final String ERROR = "ERROR";
    /** The project has no gate. */
    public static final String NONE = "NONE";
    /** Nothing was analysed. */
    public static final String NOT_RUN = "not-run";
    /** There was an analysis, but it cannot be tied to exactly this build. */
    public static final String UNBOUND = "unbound";

    private final String gate;
    private final String projectKey;
    private final String commit;
    private final String tree;
    private final String analysisId;
    private final String taskId;
    private final String serverUrl;
    private final TreeMap<String, String> measures;
    private final ArrayList<String> exclusions;
    private final long time;

    private QualityVerdict(Builder builder) {
        gate = builder.gate;
        projectKey = builder.projectKey;
        commit = builder.commit;
        tree = builder.tree;
        analysisId = builder.analysisId;
        taskId = builder.taskId;
        serverUrl = builder.serverUrl;
        measures = new TreeMap<>(builder.measures);
        exclusions = new ArrayList<>(builder.exclusions);
        time = builder.time;
    }

    /** Nothing was analysed. */
    public static QualityVerdict notRun() {
        return new Builder(NOT_RUN).build();
    }

    /** {@link #OK}, {@link #ERROR}, {@link #NONE}, {@link #NOT_RUN} or {@link #UNBOUND}. */
    @Whitelisted
    public String getGate() {
        return gate;
    }

    /** The project's key in SonarQube, or empty. */
    @Whitelisted
    public String getProjectKey() {
        return projectKey;
    }

    /** The full id of the commit that was analysed, or empty. */
    @Whitelisted
    public String getCommit() {
        return commit;
    }

    /**
     * SHA-256 in hex over all files of the workspace right after the analysis; empty when the tracked files differed from
     * the commit, or nothing was analysed.
     */
    @Whitelisted
    public String getTree() {
        return tree;
    }

    /** Id of the analysis, or empty. */
    @Whitelisted
    public String getAnalysisId() {
        return analysisId;
    }

    /** Id of the Compute Engine's task, or empty. */
    @Whitelisted
    public String getTaskId() {
        return taskId;
    }

    /** The server's address, or empty. */
    @Whitelisted
    public String getServerUrl() {
        return serverUrl;
    }

    /** Values by SonarQube's metric key, those of new code begin with {@code new_}. */
    @Whitelisted
    public Map<String, String> getMeasures() {
        return Collections.unmodifiableMap(measures);
    }

    /** What was left out of the analysis, each as {@code key=value} and where it was found. */
    @Whitelisted
    public List<String> getExclusions() {
        return Collections.unmodifiableList(exclusions);
    }

    /** When the gate was read, milliseconds since 1970. */
    @Whitelisted
    public long getTime() {
        return time;
    }

    /** When the gate was read. */
    public Instant at() {
        return Instant.ofEpochMilli(time);
    }

    /** The same with {@link #UNBOUND} for its gate, unless nothing was analysed. */
    public QualityVerdict unbound() {
        Builder builder = new Builder(gate.equals(NOT_RUN) ? NOT_RUN : UNBOUND);
        return builder.of(projectKey, commit, tree)
                .by(serverUrl, taskId, analysisId)
                .found(measures, exclusions)
                .at(at())
                .build();
    }

    @Whitelisted
    @Override
    public String toString() {
        return projectKey.isEmpty() ? gate : gate + " (" + projectKey + ")";
    }

    /** Puts a verdict together. */
    public static final class Builder {
        private final String gate;
        private String projectKey = "";
        private String commit = "";
        private String tree = "";
        private String analysisId = "";
        private String taskId = "";
        private String serverUrl = "";
        private Map<String, String> measures = Map.of();
        private Collection<String> exclusions = List.of();
        private long time = System.currentTimeMillis();

        /** A verdict of this gate. */
        public Builder(String gate) {
            this.gate = gate;
        }

        /** What was analysed. */
        public Builder of(String projectKey, String commit, String tree) {
            this.projectKey = projectKey;
            this.commit = commit;
            this.tree = tree;
            return this;
        }

        /** Who analysed it, and how it is found there. */
        public Builder by(String serverUrl, String taskId, String analysisId) {
            this.serverUrl = serverUrl;
            this.taskId = taskId;
            this.analysisId = analysisId;
            return this;
        }

        /** What came of it. */
        public Builder found(Map<String, String> measures, Collection<String> exclusions) {
            this.measures = measures;
            this.exclusions = exclusions;
            return this;
        }

        /** When, if not now. */
        public Builder at(Instant at) {
            this.time = at.toEpochMilli();
            return this;
        }

        /** The verdict. */
        public QualityVerdict build() {
            return new QualityVerdict(this);
        }
    }
}
