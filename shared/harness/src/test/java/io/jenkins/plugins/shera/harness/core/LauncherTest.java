package io.jenkins.plugins.shera.harness.core;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.Launcher;
import hudson.Proc;
import hudson.util.StreamTaskListener;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Processes are started with the streams, folder and environment asked for, and are found again by their cookie. */
@WithJenkins
class LauncherTest {
    @Test
    void startsAProcessAndTakesItsOutputAndExitCode(JenkinsRule r) throws Exception {
        File folder = r.createTmpDir();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        int code = new Launcher.LocalLauncher(new StreamTaskListener(log, StandardCharsets.UTF_8))
                .launch()
                .cmds("sh", "-c", "echo \"$GREETING from $(pwd)\"; cat; exit 7")
                .masks(false, false, true)
                .envs("GREETING=hello")
                .pwd(folder)
                .stdin(new ByteArrayInputStream("input".getBytes(StandardCharsets.UTF_8)))
                .stdout(out)
                .join();
        assertThat(code).isEqualTo(7);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo("hello from " + folder.toPath().toRealPath() + "\ninput");
        assertThat(log.toString(StandardCharsets.UTF_8))
                .contains("$ sh -c ******")
                .doesNotContain("GREETING");
    }

    @Test
    void endsTheProcessesThatCarryACookie(JenkinsRule r) throws Exception {
        Launcher launcher = r.createLocalLauncher();
        Proc proc = launcher.launch()
                .cmds("sleep", "600")
                .envs("JENKINS_NODE_COOKIE=" + UUID.randomUUID(), "TEST_COOKIE=mine")
                .quiet(true)
                .start();
        assertThat(proc.isAlive()).isTrue();
        launcher.kill(Map.of("TEST_COOKIE", "mine"));
        assertThat(proc.join()).isNotZero();
    }
}
