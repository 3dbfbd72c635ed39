package io.jenkins.plugins.shera.build.sonar;

import java.io.IOException;
import java.io.Serializable;
import java.io.StringReader;
import java.util.Properties;

/** What the scanner leaves in {@code report-task.txt}: a claim by the build, to be checked with the server. */
public final class ReportTask implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String taskId;
    private final String projectKey;
    private final String serverUrl;

    private ReportTask(String taskId, String projectKey, String serverUrl) {
        this.taskId = taskId;
        this.projectKey = projectKey;
        this.serverUrl = serverUrl;
    }

    /** Reads the file's text. */
    public static ReportTask parse(String text) throws SonarException {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text));
        } catch (IOException | IllegalArgumentException e) {
            throw new SonarException(
                    SonarException.Kind.REFUSED,
                    "The scanner's report-task.txt cannot be read: run the build again.",
                    e);
        }
        String id = properties.getProperty("ceTaskId", "");
        if (!id.matches("[A-Za-z0-9_-]{1,100}")) {
            throw new SonarException(
                    SonarException.Kind.REFUSED,
                    "The scanner's report-task.txt names no task: see its output above for why nothing was sent.");
        }
        return new ReportTask(id, properties.getProperty("projectKey", ""), properties.getProperty("serverUrl", ""));
    }

    /** Id of the Compute Engine's task. */
    public String taskId() {
        return taskId;
    }

    /** The project's key, as the scanner says. */
    public String projectKey() {
        return projectKey;
    }

    /** The server the report was sent to, as the scanner says. */
    public String serverUrl() {
        return serverUrl;
    }
}
