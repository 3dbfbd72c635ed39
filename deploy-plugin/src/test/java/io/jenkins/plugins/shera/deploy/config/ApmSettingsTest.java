package io.jenkins.plugins.shera.deploy.config;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.shera.harness.browser.BrowserExtension;
import io.jenkins.plugins.shera.harness.browser.Page;
import io.jenkins.plugins.shera.harness.browser.Theme;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The agents and the images of middleware go through the form of the system's settings and come back the same. */
@WithJenkins
@ExtendWith(BrowserExtension.class)
class ApmSettingsTest {

    private static ApmAgent pinpoint() {
        ApmAgent agent = new ApmAgent(
                "pinpoint",
                "registry.example.com/apm/pinpoint-agent:3",
                "/pinpoint-agent/",
                "-javaagent:${dir}/pinpoint-bootstrap.jar -Dcollector=${collector} -Drate=${sampling}");
        agent.setEnv("PINPOINT_APPLICATION_NAME=${application:24}\nPINPOINT_AGENT_NAME=${pod}");
        agent.setWritable(true);
        agent.setSampling("20");
        agent.setPage("https://pinpoint.example.com/main/${application:24}@SPRING_BOOT");
        ApmTenant retail = new ApmTenant("retail");
        retail.setCollector("pinpoint.retail.svc");
        retail.setSampling("5.5");
        retail.setPage("https://apm.retail.example.com/${application}");
        ApmTenant pay = new ApmTenant("pay");
        pay.setCollector("pinpoint.pay.svc");
        agent.setTenants(List.of(retail, pay));
        return agent;
    }

    private static ApmAgent opentelemetry() {
        ApmAgent agent = new ApmAgent(
                "opentelemetry",
                "registry.example.com/apm/opentelemetry-java:2",
                "/javaagent.jar",
                "-javaagent:${dir}/javaagent.jar");
        agent.setCollector("http://otel.monitoring.svc:4318");
        return agent;
    }

    @Test
    void theFormGivesBackWhatItShows(JenkinsRule rule, Page page) throws Exception {
        List<MiddlewareImage> images = List.of(
                new MiddlewareImage("mysql", "8.4", "registry.example.com/mysql:8.4"),
                new MiddlewareImage("redis", "7.0", "registry.example.com/redis:7.0"));
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            ApmConfiguration.get().setAgents(List.of(pinpoint(), opentelemetry()));
            MiddlewareConfiguration.get().setImages(images);
        }

        rule.configRoundtrip();

        List<ApmAgent> saved = ApmConfiguration.get().getAgents();
        assertThat(saved).usingRecursiveComparison().isEqualTo(List.of(pinpoint(), opentelemetry()));
        assertThat(MiddlewareConfiguration.get().getImages())
                .usingRecursiveComparison()
                .isEqualTo(images);
        Map<String, String> words = Map.of("application", "shop", "tenant", "t", "environment", "e", "namespace", "n");
        assertThat(ApmConfiguration.get().page("pinpoint", "retail", words))
                .isEqualTo("https://apm.retail.example.com/shop");
        assertThat(ApmConfiguration.get().page("pinpoint", "pay", words))
                .isEqualTo("https://pinpoint.example.com/main/shop@SPRING_BOOT");
        assertThat(new ApmConfiguration().getAgents()).as("saved").hasSize(2);

        String address = rule.getURL() + "manage/configure";
        for (Theme theme : List.of(Theme.LIGHT, Theme.DARK)) {
            page.look(theme, "en").open(address).see("form[name=config]", "SheRa: APM agents");
            page.until(
                    "each row has one button to delete it",
                    "[...document.querySelectorAll('form[name=config] .repeated-chunk')].every(row =>"
                            + " [...row.querySelectorAll('.repeatable-delete')]"
                            + ".filter(each => each.closest('.repeated-chunk') === row).length === 1)");
            page.photograph("settings-apm-" + theme);
        }
        page.look(Theme.LIGHT, "zh-CN").open(address).see("form[name=config]", "APM 代理");
        page.photograph("settings-apm-zh");
    }
}
