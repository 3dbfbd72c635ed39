package io.jenkins.plugins.shera.build.steps;

import io.jenkins.plugins.shera.build.maven.MavenCommand;
import java.io.Serializable;

/** A Maven command, and by which Java and with which settings it runs; saved with the build. */
final class MavenOrder implements Serializable {
    private static final long serialVersionUID = 1L;

    final MavenCommand command;
    final String javaHome;
    final String settingsId;

    /** {@code javaHome} is a path on the agent, {@code settingsId} names a secret file; each may be null. */
    MavenOrder(MavenCommand command, String javaHome, String settingsId) {
        this.command = command;
        this.javaHome = javaHome;
        this.settingsId = settingsId;
        if (javaHome != null && (!javaHome.matches("/[^\\p{Cntrl}:]{1,500}") || javaHome.contains(".."))) {
            throw new IllegalArgumentException(
                    "javaHome is the absolute path of a JDK on the agent, as /usr/lib/jvm/java-17.");
        }
    }
}
