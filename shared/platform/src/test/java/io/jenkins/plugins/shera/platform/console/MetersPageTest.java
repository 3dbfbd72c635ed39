package io.jenkins.plugins.shera.platform.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.shera.platform.config.ContainerRegistry;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.health.HealthBoard;
import java.util.List;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The metrics of the platform itself over HTTP: they tell of every tenant, so who scrapes them sees the whole system. */
@WithJenkins
class MetersPageTest {

    @Test
    void tellsWhoMaySeeTheSystemAndNobodyElse(JenkinsRule r) throws Exception {
        SheraConfiguration.get().setRegistries(List.of(new ContainerRegistry("house", "127.0.0.1:1")));
        HealthBoard.get().ask();
        r.jenkins.setSecurityRealm(r.createDummySecurityRealm());
        r.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("root")
                .grant(Jenkins.READ)
                .everywhere()
                .to("reader"));

        Visitor root = new Visitor(r, "root");
        assertThat(root.post("shera/createTenant", "{\"id\": \"No Name\"}").statusCode())
                .isEqualTo(422);
        var answer = root.get("shera-metrics/");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain");
        assertThat(answer.body())
                .contains("shera_connection_up{kind=\"registry\",name=\"house\"} 0.0")
                .contains("shera_background_waiting 0.0", "shera_audit_writable 1.0")
                .containsPattern("shera_changes_total\\{outcome=\"refused\",tenant=\"\",what=\"tenant.create\"} [1-9]");
        assertThat(new Visitor(r, "reader").get("shera-metrics/").statusCode()).isEqualTo(403);
    }
}
