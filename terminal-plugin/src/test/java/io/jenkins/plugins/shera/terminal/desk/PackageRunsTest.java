package io.jenkins.plugins.shera.terminal.desk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import hudson.security.HudsonPrivateSecurityRealm;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import jenkins.model.Jenkins;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What is looked at in the background ends, whatever becomes of its owner. */
@WithJenkins
class PackageRunsTest {

    @Test
    void aRunWhoseOwnerIsGoneFailsAndClosesWhatItHolds(JenkinsRule rule) throws Exception {
        HudsonPrivateSecurityRealm realm = new HudsonPrivateSecurityRealm(false);
        rule.jenkins.setSecurityRealm(realm);
        realm.createAccount("ada", "secret-of-ada");
        AtomicInteger closed = new AtomicInteger();
        PackageRun gone = new PackageRun("nobody-here", "retail/shop");
        PackageRuns.get().begin(gone, "here", closed::incrementAndGet, () -> JsonNodeFactory.instance::objectNode);
        PackageRun there = new PackageRun("ada", "retail/shop");
        PackageRuns.get().begin(there, "here", closed::incrementAndGet, () -> {
            assertThat(Jenkins.getAuthentication2().getName()).isEqualTo("ada");
            return JsonNodeFactory.instance::objectNode;
        });
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> gone.isOver() && there.isOver());
        assertThat(gone.json().path("state").asText()).isEqualTo("failed");
        assertThat(gone.json().path("problem").toString()).contains("is gone");
        assertThat(there.json().path("state").asText()).isEqualTo("done");
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> closed.get() == 2);
    }
}
