package io.jenkins.plugins.shera.monitoring.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {

    private static final Map<String, String> POD =
            Map.of("KUBERNETES_SERVICE_HOST", "fd00::1", "KUBERNETES_SERVICE_PORT", "6443");

    @TempDir
    Path folder;

    private Settings read(String text, Map<String, String> environment) throws IOException {
        return Settings.read(Files.writeString(folder.resolve("agent.properties"), text), environment);
    }

    @Test
    void takesWhatAPodHasAndTheUsualFolders() throws IOException {
        Settings settings = read("certificate=/tls/tls.crt\nkey=/tls/tls.key\n", POD);

        assertThat(settings.apiServer()).isEqualTo("https://[fd00::1]:6443");
        assertThat(settings.listen().getPort()).isEqualTo(8441);
        assertThat(settings.pods()).isEqualTo(Path.of("/var/log/pods"));
        assertThat(settings.readers()).isEqualTo(8);
    }

    @Test
    void refusesWhatWouldSendTokensInTheOpenAndWhatIsNotWellFormed() {
        for (String bad : new String[] {
            "listen=0.0.0.0:8441",
            "certificate=/tls/tls.crt",
            "listen=127.0.0.1:99999",
            "listen=8441",
            "listen=127.0.0.1:0\nreaders=none"
        }) {
            assertThatThrownBy(() -> read(bad, POD))
                    .as(bad)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("setting");
        }
        assertThatThrownBy(() -> read("listen=127.0.0.1:0", Map.of())).hasMessageContaining("kubeconfig");
    }
}
