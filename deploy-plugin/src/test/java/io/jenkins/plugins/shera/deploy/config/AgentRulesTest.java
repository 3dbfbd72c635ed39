package io.jenkins.plugins.shera.deploy.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.shera.deploy.apm.Agent;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AgentRulesTest {

    private static ApmAgent agent(String image, String path, String option) {
        return new ApmAgent("pinpoint", image, path, option);
    }

    private static ApmAgent good() {
        return agent(
                "pinpointdocker/pinpoint-agent:3.0.1", "/pinpoint-agent/", "-javaagent:${dir}/pinpoint-bootstrap.jar");
    }

    @Test
    void aTenantsOwnCollectorAndSamplingGoFirst() {
        ApmAgent agent = agent("otel:1", "/javaagent.jar", "-javaagent:${dir}/javaagent.jar");
        agent.setEnv(
                "OTEL_EXPORTER_OTLP_ENDPOINT=${collector}\nOTEL_TRACES_SAMPLER_ARG=${ratio}\nPOD=${pod}\nA=${application}");
        assertThat(AgentRules.lacksCollector(agent, "bank")).isTrue();
        ApmTenant retail = new ApmTenant("retail");
        retail.setCollector("http://otel.retail:4317");
        retail.setSampling("2.5");
        agent.setTenants(List.of(retail));
        AgentRules.check(agent);
        assertThat(AgentRules.lacksCollector(agent, "bank")).isTrue();
        assertThat(AgentRules.lacksCollector(agent, "retail")).isFalse();
        Agent made = AgentRules.of(agent, "retail");
        assertThat(made.env())
                .containsEntry("OTEL_EXPORTER_OTLP_ENDPOINT", "http://otel.retail:4317")
                .containsEntry("OTEL_TRACES_SAMPLER_ARG", "0.025")
                .containsEntry("POD", "${pod}")
                .containsEntry("A", "${application}");
    }

    @Test
    void whatCouldNotWorkIsRefused() {
        AgentRules.check(good());
        assertThatThrownBy(() -> AgentRules.check(agent("i:1", "/a/../b", "-javaagent:${dir}/x.jar")))
                .hasMessageContaining("'/a/../b' cannot be the path");
        assertThatThrownBy(() -> AgentRules.check(agent("i:1", "/a", "-javaagent:/elsewhere/x.jar")))
                .hasMessageContaining("-javaagent:${dir}/NAME.jar");
        assertThatThrownBy(() -> AgentRules.check(agent("i:1", "/a", "-javaagent:${dir}/x.jar=${user}")))
                .hasMessageContaining("'${user}' is not known here");
        for (String env : List.of("NOVALUE", "1A=b", "JAVA_TOOL_OPTIONS=-Xmx1g", "A=x ${pod}")) {
            ApmAgent agent = good();
            agent.setEnv(env);
            assertThatThrownBy(() -> AgentRules.check(agent)).as(env).isInstanceOf(IllegalArgumentException.class);
        }
        for (String sampling : List.of("101", "-1", "many")) {
            ApmAgent agent = good();
            agent.setSampling(sampling);
            assertThatThrownBy(() -> AgentRules.check(agent)).as(sampling).hasMessageContaining("from 0 to 100");
        }
        for (String page : List.of("javascript:alert(1)", "ftp://a/", "https://u:p@a/", "//a/", "https://a/ b")) {
            ApmAgent agent = good();
            agent.setPage(page);
            assertThatThrownBy(() -> AgentRules.check(agent)).as(page).hasMessageContaining("cannot be the page");
        }
    }

    @Test
    void theAddressOfAPageIsEncoded() {
        assertThat(AgentRules.page(
                        "https://apm.example/main/${application}@SPRING_BOOT?e=${environment}",
                        Map.of("application", "a b/../c&d", "environment", "\u6d4b")))
                .isEqualTo("https://apm.example/main/a%20b%2F..%2Fc%26d@SPRING_BOOT?e=%E6%B5%8B");
    }
}
