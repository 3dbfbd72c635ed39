package io.jenkins.plugins.shera.nginx.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which process gets the signal. */
class NginxMasterTest {
    @TempDir
    private Path folder;

    @Test
    void findsTheMasterAndNoNumberThatWasLeftBehind() throws Exception {
        try (RealNginx nginx = RealNginx.start(folder)) {
            Path main = nginx.installation().mainConfig();
            Path pid = folder.resolve("nginx.pid");
            String number = Files.readString(pid).strip();
            assertThat(NginxMaster.find(main)).contains(number);
            Files.writeString(pid, String.valueOf(ProcessHandle.current().pid()));
            assertThat(NginxMaster.find(main)).isEmpty();
            Files.writeString(pid, number);
        }
    }

    @Test
    void tellsSinceWhenTheWorkersOfNowAre() throws Exception {
        try (RealNginx nginx = RealNginx.start(folder)) {
            String master = NginxMaster.find(nginx.installation().mainConfig()).orElseThrow();
            long started = NginxMaster.workersSince(master);
            assertThat(started).isPositive();

            nginx.reload();

            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (NginxMaster.workersSince(master) <= started && System.nanoTime() < end) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
            assertThat(NginxMaster.workersSince(master)).isGreaterThan(started);
        }
        assertThat(NginxMaster.workersSince("1")).as("no nginx").isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "1; reboot", "99999999999999999999", "../self"})
    void takesNothingElseForANumber(String text) throws Exception {
        Path main = folder.resolve("nginx.conf");
        Files.writeString(main, "pid " + folder.resolve("nginx.pid") + "; events {}");
        Files.writeString(folder.resolve("nginx.pid"), text);
        assertThat(NginxMaster.find(main)).isEmpty();
    }

    @Test
    void asksNginxWhereTheMainConfigurationNamesNoFile() throws Exception {
        Path main = folder.resolve("nginx.conf");
        Files.writeString(main, "events {} include other.conf;");
        assertThat(NginxMaster.find(main)).isEmpty();
    }
}
