package io.jenkins.plugins.shera.harness.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** Initializers and terminators run in the order of their milestones and of what they wait for. */
class LifecycleTest {
    @RegisterExtension
    final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @Test
    void startsAndStopsInOrder() throws Throwable {
        sessions.then(r -> r.createProject(com.cloudbees.hudson.plugins.folder.Folder.class, "kept"));
        Milestones.SEEN.clear();
        sessions.then(r -> assertThat(Milestones.SEEN).containsExactly("first", "paint", "admire", "jobs 1", "loaded"));
        assertThat(Milestones.SEEN).endsWith("lights", "lock");
    }
}
