package io.jenkins.plugins.shera.nginx.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.shera.nginx.node.RealNginx;
import io.jenkins.plugins.shera.nodes.Command;
import io.jenkins.plugins.shera.nodes.Rollover.RefusedException;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against the real nginx program, in the cage that this machine allows; what holds here is asserted where it holds. */
class TrialTest {
    private static final List<String> BEFORE =
            List.of(Objects.requireNonNullElse(new File(System.getProperty("java.io.tmpdir")).list(), new String[0]));

    @TempDir
    Path folder;

    private Path main;
    private Trial trial;

    @BeforeEach
    void prepare() throws IOException {
        main = folder.resolve("nginx.conf");
        Files.writeString(
                main,
                "events {}\nhttp { upstream erp { server 127.0.0.1:9; } map $host $kind { default a; }\n"
                        + "include /none/*.conf; }\n");
        trial = new Trial(RealNginx.binary(), main);
    }

    @Test
    void letsThroughWhatNginxTakesWhateverPortsKeysAndNamesItHas() throws Exception {
        assertThatCode(() -> trial.of(Map.of(
                        "a.conf",
                        "server { listen 80; listen [::]:443 ssl http2; ssl_certificate /none.crt;\n"
                                + "ssl_certificate_key /none.key; location / { proxy_pass http://erp; } }\n",
                        "b.conf",
                        "include /etc/nginx/none.conf;\nserver { listen 80 default_server; return 200 $kind; }\n",
                        "c.conf",
                        "server { listen 127.0.0.1:80; location / { proxy_pass http://no.such.host.invalid; } }\n")))
                .doesNotThrowAnyException();
        assertThat(trials()).isEmpty();
    }

    @Test
    void refusesInNginxsWordsWithFileAndLine() throws Exception {
        assertThatThrownBy(() -> trial.of(Map.of(
                        "a.conf",
                        "server {\n    listen 80;\n    ssl_certificate\n        /none.crt;\n    proxy_pas x;\n}\n")))
                .isInstanceOf(RefusedException.class)
                .hasMessage("nginx refused the configuration, and the earlier one stays in force: "
                        + "unknown directive \"proxy_pas\" in a.conf:5");
        assertThatThrownBy(() -> trial.of(Map.of("a.conf", "server { listen 80; ")))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("expecting \"}\"");
        assertThat(trials()).isEmpty();
    }

    @Test
    void refusesWhatUsesUpMemory() throws Exception {
        Assumptions.assumeTrue(Trial.protections().contains(Protection.MEMORY), "needs prlimit (package util-linux)");

        assertThatThrownBy(() ->
                        trial.of(Map.of("a.conf", "limit_req_zone $binary_remote_addr zone=all:8000m rate=1r/s;\n")))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("more memory or time");
    }

    @Test
    void theCageHoldsWhatItSays() throws Exception {
        assertThat(Trial.protections()).contains(Protection.TIME);
        Path secret = Files.writeString(folder.resolve("key"), "secret");
        assertThat(run("/bin/cat", secret.toString()).succeeded())
                .as("reads what only its owner can")
                .isEqualTo(!Trial.protections().contains(Protection.USER));
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            boolean reached = run("/bin/bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/" + server.getLocalPort())
                    .succeeded();
            assertThat(reached)
                    .as("reaches a server")
                    .isEqualTo(!Trial.protections().contains(Protection.NETWORK));
        }
    }

    private Command.Result run(String... program) throws Exception {
        List<String> argv = new ArrayList<>(Cage.here().prefix());
        argv.addAll(List.of(program));
        return Command.run(argv, Path.of("/"), Duration.ofSeconds(10));
    }

    /** What this class left behind: a killed run's is not its own. */
    private static List<String> trials() {
        String[] names =
                new File(System.getProperty("java.io.tmpdir")).list((dir, name) -> name.startsWith("shera-trial"));
        return names == null
                ? List.of()
                : Arrays.stream(names).filter(name -> !BEFORE.contains(name)).toList();
    }
}
