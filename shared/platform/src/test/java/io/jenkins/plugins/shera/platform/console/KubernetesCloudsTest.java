package io.jenkins.plugins.shera.platform.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.slaves.Cloud;
import jenkins.model.Jenkins;
import org.csanchez.jenkins.plugins.kubernetes.KubernetesCloud;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** With a class of the same name and getters in place of the plugin's, which the harness does not play. */
class KubernetesCloudsTest {

    @RegisterExtension
    final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    /** A cloud of another plugin, and one whose getters are not what we know. */
    static final class Elsewhere extends Cloud {
        Elsewhere(String name) {
            super(name);
        }
    }

    static final class Changed extends KubernetesCloud {
        Changed() {
            super("changed", "https://changed.example.com", "", "");
        }

        @Override
        public String getServerUrl() {
            throw new IllegalStateException("not like this any more");
        }
    }

    private static void secure(JenkinsRule r) {
        r.jenkins.setSecurityRealm(r.createDummySecurityRealm());
        r.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("ann")
                .grant(Jenkins.READ)
                .everywhere()
                .to("ben"));
    }

    @Test
    void areOfferedAsClustersUntilTheyAreTaken() throws Throwable {
        sessions.then(r -> {
            r.jenkins.clouds.add(new Elsewhere("ec2"));
            r.jenkins.clouds.add(new Changed());
            r.jenkins.clouds.add(new KubernetesCloud("Inside", "", "", ""));
            r.jenkins.clouds.add(
                    new KubernetesCloud("East Agents", "https://East.example.com/", "TUlJQw==", "east-token"));
            secure(r);
            Visitor ann = new Visitor(r, "ann");
            JsonNode offered = ann.json("shera/platform").path("clouds");
            assertThat(offered).hasSize(1);
            assertThat(offered.path(0).path("name").asText()).isEqualTo("East Agents");
            assertThat(offered.path(0).path("credentialsId").asText()).isEqualTo("east-token");
            assertThat(offered.path(0).path("caCertificate").asText())
                    .isEqualTo("-----BEGIN CERTIFICATE-----\nTUlJQw==\n-----END CERTIFICATE-----");
            assertThat(ann.post(
                                    "shera/platform/createCluster",
                                    "{\"id\": \"east\", \"server\": \"https://east.example.com\"}")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(ann.json("shera/platform").path("clouds")).isEmpty();
            assertThat(new Visitor(r, "ben").get("shera/platform/api/json").statusCode())
                    .isIn(403, 404);
        });
    }
}
