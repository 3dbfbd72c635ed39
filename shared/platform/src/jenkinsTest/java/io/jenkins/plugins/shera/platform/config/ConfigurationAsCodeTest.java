package io.jenkins.plugins.shera.platform.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.casc.yaml.YamlSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
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
                applications:
                - name: "checkout"
                  tenant: "payments"
            """;

    @Test
    void readsWhatItWrote(JenkinsRule rule) throws Exception {
        read(SECTION);
        String first = export();
        SheraConfiguration configuration = SheraConfiguration.get();
        assertThat(configuration.getTenants()).extracting(Tenant::getFolder).containsExactly("pay");
        configuration.setApplications(List.of());
        configuration.setTenants(List.of());

        read(first);

        assertThat(export()).isEqualTo(first);
        assertThat(first).contains("payments", "checkout", "127.0.0.1:5000", "https://127.0.0.1:6443");
        assertThat(configuration.getApplications())
                .extracting(Application::getName)
                .containsExactly("checkout");
    }

    private static void read(String yaml) throws Exception {
        ConfigurationAsCode.get()
                .configureWith(YamlSource.of(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8))));
    }

    /** The section of the suite alone: the rest is not ours. */
    private static String export() throws Exception {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        ConfigurationAsCode.get().export(all);
        StringBuilder section = new StringBuilder("unclassified:\n");
        boolean inside = false;
        for (String line : all.toString(StandardCharsets.UTF_8).split("\n")) {
            if (line.matches(" {0,2}\\S.*")) {
                inside = line.equals("  shera:");
            }
            if (inside) {
                section.append(line).append('\n');
            }
        }
        return section.toString();
    }
}
