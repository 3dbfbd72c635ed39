package io.jenkins.plugins.shera.monitoring.agent.thresholds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.shera.monitoring.agent.kept.StaleException;
import io.jenkins.plugins.shera.monitoring.agent.kept.TokenFile;
import io.jenkins.plugins.shera.monitoring.thresholds.InvalidThresholdException;
import io.jenkins.plugins.shera.monitoring.thresholds.ServedBook;
import io.jenkins.plugins.shera.monitoring.thresholds.ServedThreshold;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThresholdFilesTest {

    @TempDir
    Path folder;

    private static ServedThreshold threads(String tenant, String namespace, double limit) {
        return new ServedThreshold(
                tenant,
                "shop",
                "dev",
                namespace,
                "threads",
                "container_threads",
                "warning",
                Duration.ZERO,
                false,
                limit);
    }

    private static ServedBook book(long after, ServedThreshold... thresholds) {
        return new ServedBook(after, List.of(thresholds));
    }

    @Test
    void keepWhatTheyWereToldAcrossARestartAndLetNobodyWriteFromAnOldGeneration() throws Exception {
        try (ThresholdFiles files = ThresholdFiles.open(folder)) {
            files.replace("retail", book(0, threads("retail", "r", 300)));
            files.replace("retail", book(1, threads("retail", "r", 400.5)));
            assertThatThrownBy(() -> ThresholdFiles.open(folder)).hasMessageContaining("a folder of its own");
        }
        Files.writeString(folder.resolve(".retail123.new"), "half a file that was never put in pla");

        try (ThresholdFiles files = ThresholdFiles.open(folder)) {
            assertThat(files.read("retail")).isEqualTo(book(2, threads("retail", "r", 400.5)));
            for (long old : new long[] {0, 1, 3}) {
                assertThatThrownBy(() -> files.replace("retail", book(old)))
                        .isInstanceOf(StaleException.class)
                        .hasMessageContaining("at generation 2");
            }
            assertThat(files.damaged()).isEmpty();
        }
    }

    @Test
    void refuseWhatRulesCouldNotTellApart() throws Exception {
        try (ThresholdFiles files = ThresholdFiles.open(folder)) {
            files.replace("retail", book(0, threads("retail", "shared", 300)));

            assertThatThrownBy(() -> files.replace("bank", book(0, threads("bank", "shared", 1))))
                    .isInstanceOf(InvalidThresholdException.class)
                    .hasMessageContaining("another tenant");
            assertThatThrownBy(() -> files.replace("bank", book(0, threads("retail", "x", 1))))
                    .isInstanceOf(InvalidThresholdException.class);
            assertThatThrownBy(() -> book(0, threads("a", "n", 1), threads("a", "n", 2)))
                    .isInstanceOf(InvalidThresholdException.class);
            files.replace("retail", book(1));
            files.replace("bank", book(0, threads("bank", "shared", 1)));
            assertThat(files.read("bank").generation()).isEqualTo(1);
        }
    }

    @Test
    void layAsideWhatCannotBeReadAndSaySoUntilItIsToldAnew() throws Exception {
        Files.writeString(folder.resolve("retail.json"), "{\"generation\": 7, \"thresholds\": [{\"limit\"");
        Files.write(
                folder.resolve("bank.json"), book(3, threads("bank", "b", 1)).bytes("generation"));
        Files.write(
                folder.resolve("thief.json"), book(3, threads("bank", "b2", 1)).bytes("generation"));
        for (int i = 0; i < 2; i++) {
            try (ThresholdFiles files = ThresholdFiles.open(folder)) {
                assertThat(files.damaged()).containsExactly("retail", "thief");
                assertThat(files.read("bank").generation()).isEqualTo(3);
            }
        }
        try (ThresholdFiles files = ThresholdFiles.open(folder)) {
            files.replace("retail", book(0, threads("retail", "r", 5)));
            files.replace("thief", book(0));
            assertThat(files.damaged()).isEmpty();
        }
        assertThat(folder.resolve("retail.damaged")).doesNotExist();
    }

    @Test
    void aTokenIsReadEachTimeAndAShortOneIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("token"), "abcdefghijklmnopqrstuvwxyz\n");
        TokenFile token = TokenFile.of(file);
        assertThat(token.isShown("Bearer abcdefghijklmnopqrstuvwxyz")).isTrue();
        for (String wrong : new String[] {null, "", "Bearer ", "Bearer abcdefghijklmnopqrstuvwxy", "Basic x"}) {
            assertThat(token.isShown(wrong)).as(wrong).isFalse();
        }
        Files.writeString(file, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
        assertThat(token.isShown("Bearer abcdefghijklmnopqrstuvwxyz")).isFalse();
        Files.writeString(file, "short");
        assertThatThrownBy(() -> token.isShown("Bearer short")).hasMessageContaining("openssl rand");
        assertThatThrownBy(() -> TokenFile.of(file)).isInstanceOf(IOException.class);
    }

    @Test
    void thePageIsWhatPrometheusReads() {
        String page = new String(
                Exposition.of(java.util.Map.of("retail", book(4, threads("retail", "r", 4e8))), 0),
                StandardCharsets.UTF_8);

        assertThat(page)
                .contains("shera_thresholds_damaged 0\n")
                .contains("shera_thresholds_generation{tenant=\"retail\"} 4\n")
                .contains("shera_threshold{application=\"shop\",container=\"shop\",environment=\"dev\",for=\"0\","
                        + "metric=\"threads\",namespace=\"r\",series=\"container_threads\",severity=\"warning\","
                        + "sign=\"above\",tenant=\"retail\"} 4.0E8\n");
    }
}
