package io.jenkins.plugins.shera.build.steps;

import java.io.Serializable;
import java.util.ArrayList;

/** How far a check of quality is; saved with the build after each phase. */
final class QualityState implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Whether the scanner has run, or was left out because SonarQube is away. */
    boolean analysed;
    /** Id of the task that is waited for; empty when SonarQube is away. */
    String taskId = "";
    /** The commit that was analysed; empty without version control. */
    String commit = "";
    /** Digest of the workspace after the analysis; empty when tracked files differ from the commit. */
    String tree = "";
    /** The server's clock before the analysis, milliseconds since 1970. */
    long before;
    /** When the waiting ends, by Jenkins' clock, milliseconds since 1970. */
    long deadline;
    /** What the project itself left out. */
    final ArrayList<String> exclusions = new ArrayList<>();
}
