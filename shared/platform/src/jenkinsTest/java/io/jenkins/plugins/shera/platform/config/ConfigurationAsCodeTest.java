package io.jenkins.plugins.shera.platform.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.shera.onjenkins.AsCode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What configuration as code writes of the suite, it also reads, and it comes to the same. */
@WithJenkins
class ConfigurationAsCodeTest {

    private static final String SECTION =
            """
            unclassified:
              shera:
                clusters:
                - id: "house"
                  server: "https://127.0.0.1:6443"
                registries:
                - id: "images"
                  address: "127.0.0.1:5000"
                tenants:
                - id: "payments"
                  folder: "pay"
                  storageClasses:
                  - "fast"
                  quota:
                    cpu: "4"
                    storage: "20Gi"
                  freezes:
                  - name: "trading hours"
                    days: "MON-FRI"
                    from: "09:15"
                    to: "15:00"
                    zone: "Asia/Shanghai"
                    environments: "live"
                applications:
                - name: "checkout"
                  tenant: "payments"
            """;

    @Test
    void readsWhatItWrote(JenkinsRule rule) throws Exception {
        AsCode.read(SECTION);
        String first = AsCode.export("shera");
        SheraConfiguration configuration = SheraConfiguration.get();
        assertThat(configuration.getTenants()).extracting(Tenant::getFolder).containsExactly("pay");
        configuration.setApplications(List.of());
        configuration.setTenants(List.of());

        AsCode.read(first);

        assertThat(AsCode.export("shera")).isEqualTo(first);
        assertThat(first)
                .contains("payments", "checkout", "127.0.0.1:5000", "https://127.0.0.1:6443")
                .contains("fast", "20Gi", "trading hours", "MON-FRI", "Asia/Shanghai");
        assertThat(configuration.getApplications())
                .extracting(Application::getName)
                .containsExactly("checkout");
    }
}
