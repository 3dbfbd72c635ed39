package io.jenkins.plugins.shera.terminal.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.terminal.desk.PackageTenant;
import io.jenkins.plugins.shera.terminal.docker.TestEngine;
import io.jenkins.plugins.shera.terminal.session.Target;
import io.jenkins.plugins.shera.terminal.session.TerminalSession;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Sessions in containers of a real docker engine that end, start again, and have no room for another process. */
@WithJenkins
class ContainerEndsTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private static TerminalSession open(String container) throws Exception {
        User ada = User.getById("ada", true);
        try (ACLContext ignored = ACL.as2(ada.impersonate2())) {
            Target target = new Target("retail", "shop", "dev", "retail-dev", "docker:here", container);
            return TerminalDesk.get().open(ada, target, null, "sh", 80, 24);
        }
    }

    @Test
    void aSessionEndsWithItsContainerAndANewOneEntersWhenItIsStartedAgain(JenkinsRule rule) throws Exception {
        try (TestEngine engine = new TestEngine(folder)) {
            PackageTenant.configure(rule, engine);
            engine.image("shop", "1", List.of("sh", "sleep"), Map.of());
            String shop = engine.start("shop", engine.reference("shop", "1"), TestEngine.LABELS);
            TerminalSession first = open(shop);
            await().atMost(LONG).until(() -> first.said() > 0);
            engine.docker("kill", shop);
            await().atMost(LONG).until(first::isEnded);
            engine.docker("start", shop);
            TerminalSession second = open(shop);
            await().atMost(LONG).until(() -> second.said() > 0);
            assertThat(second.isEnded()).isFalse();
            assertThat(first.isEnded()).isTrue();
            second.kill("killed");
        }
    }

    private static boolean hasRoom(TestEngine engine, String container) throws Exception {
        try {
            engine.docker("exec", container, "sleep", "0");
            return true;
        } catch (AssertionError e) {
            return false;
        }
    }

    @Test
    void aContainerWithoutRoomForAnotherProcessLeavesNobodyWaiting(JenkinsRule rule) throws Exception {
        try (TestEngine engine = new TestEngine(folder)) {
            PackageTenant.configure(rule, engine);
            engine.image("shop", "1", List.of("sh", "sleep"), Map.of());
            String full = engine.start("full", engine.reference("shop", "1"), TestEngine.LABELS, "--pids-limit", "1");
            assumeFalse(hasRoom(engine, full), "this engine cannot limit processes: it has no pids controller");
            try {
                TerminalSession session = open(full);
                await().atMost(LONG).until(session::isEnded);
            } catch (IOException | Refusal e) {
                assertThat(e).hasMessageMatching("(?s).{10,}");
            }
        }
    }
}
