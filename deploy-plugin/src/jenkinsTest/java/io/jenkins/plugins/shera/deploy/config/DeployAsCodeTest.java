package io.jenkins.plugins.shera.deploy.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.shera.onjenkins.AsCode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What configuration as code writes of agents and of the images of middleware, it also reads, and it comes to the same. */
@WithJenkins
class DeployAsCodeTest {

    @Test
    void readsTheAgentsItWrote(JenkinsRule rule) throws Exception {
        AsCode.read(
                """
                unclassified:
                  sheraApm:
                    agents:
                    - name: "pinpoint"
                      image: "registry.example.com/apm/pinpoint-agent:3"
                      path: "/pinpoint-agent/"
                      writable: true
                      option: "-javaagent:^${dir}/pinpoint-bootstrap.jar -Dcollector=^${collector}"
                      env: "PINPOINT_AGENT_NAME=^${pod}"
                      sampling: "20"
                      page: "https://pinpoint.example.com/main/^${application:24}"
                      tenants:
                      - tenant: "retail"
                        collector: "pinpoint.retail.svc"
                        sampling: "5.5"
                        page: "https://apm.retail.example.com/^${application}"
                """);
        String first = AsCode.export("sheraApm");
        ApmConfiguration.get().setAgents(List.of());

        AsCode.read(first);

        assertThat(AsCode.export("sheraApm")).isEqualTo(first);
        ApmAgent agent = ApmConfiguration.get().getAgents().get(0);
        assertThat(agent.getOption()).startsWith("-javaagent:${dir}/");
        assertThat(agent.collectorOf("retail")).isEqualTo("pinpoint.retail.svc");
        assertThat(agent.pageOf("retail")).isEqualTo("https://apm.retail.example.com/${application}");
    }

    @Test
    void readsTheImagesOfMiddlewareItWrote(JenkinsRule rule) throws Exception {
        AsCode.read(
                """
                unclassified:
                  sheraMiddleware:
                    images:
                    - template: "mysql"
                      version: "8.4"
                      image: "registry.example.com/mysql:8.4"
                    - template: "redis"
                      version: "7.0"
                      image: "registry.example.com/redis:7.0"
                """);
        String first = AsCode.export("sheraMiddleware");
        MiddlewareConfiguration.get().setImages(List.of());

        AsCode.read(first);

        assertThat(AsCode.export("sheraMiddleware")).isEqualTo(first);
        assertThat(MiddlewareConfiguration.get().getImages())
                .extracting(MiddlewareImage::getVersion)
                .containsExactly("8.4", "7.0");
    }
}
