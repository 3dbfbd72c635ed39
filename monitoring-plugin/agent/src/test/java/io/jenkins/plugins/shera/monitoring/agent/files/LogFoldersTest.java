package io.jenkins.plugins.shera.monitoring.agent.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFoldersTest {

    @TempDir
    Path folder;

    private Path pods;
    private Path docker;
    private LogFolders folders;

    @BeforeEach
    void begin() throws IOException {
        pods = Files.createDirectory(folder.toRealPath().resolve("pods"));
        docker = Files.createDirectory(folder.toRealPath().resolve("docker"));
        folders = new LogFolders(pods, docker);
    }

    private Path container(String pod, String container) throws IOException {
        return Files.createDirectories(pods.resolve(pod).resolve(container));
    }

    private Path log(String pod, String container, String name) throws IOException {
        return Files.writeString(container(pod, container).resolve(name), "2026-01-02T03:04:05Z stdout F x\n");
    }

    @Test
    void listsRunsOldestFirstAndThePreviousAlone() throws IOException {
        Path tenth = log("prod_shop-1_u1", "shop", "10.log");
        Path ninth = log("prod_shop-1_u1", "shop", "9.log");
        log("prod_shop-1_u1", "shop", "9.log.20260101-000000.gz");
        log("prod_shop-1_u1", "sidecar", "0.log");
        log("prod_shop-10_u2", "shop", "0.log");
        log("prod-shop_1_u3", "shop", "0.log");

        assertThat(folders.runs("prod", "shop-1", "shop", false)).containsExactly(ninth, tenth);
        assertThat(folders.runs("prod", "shop-1", "shop", true)).containsExactly(ninth);
        assertThat(folders.all()).hasSize(5);
    }

    @Test
    void knowsOnlyWhatIsListed() throws IOException {
        log("prod_shop-1_u1", "shop", "0.log");
        Files.writeString(folder.resolve("0.log"), "secret");

        for (List<String> asked : List.of(
                List.of("prod", "shop-1", ".."),
                List.of("prod", "shop-1", "../shop"),
                List.of("prod", "..", "shop"),
                List.of("..", "", "."),
                List.of("prod", "shop", "shop"),
                List.of("dev", "shop-1", "shop"))) {
            assertThatThrownBy(() -> folders.runs(asked.get(0), asked.get(1), asked.get(2), false))
                    .as("%s", asked)
                    .isInstanceOf(NoSuchFileException.class);
        }
        assertThatThrownBy(() -> folders.runs("prod", "shop-1", "shop", true)).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void followsLinksIntoTheFoldersOfLogsAndNowhereElse() throws IOException {
        Path json = Files.writeString(docker.resolve("abc-json.log"), "{}");
        Path secret = Files.writeString(folder.resolve("secret"), "secret");
        Path shop = container("prod_shop-1_u1", "shop");
        Files.createSymbolicLink(shop.resolve("0.log"), json);
        Files.createSymbolicLink(shop.resolve("1.log"), secret);
        Files.createSymbolicLink(shop.resolve("2.log"), folder.resolve("absent"));
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("0.log"), "secret");
        Files.createSymbolicLink(pods.resolve("prod_shop-1_u1").resolve("linked"), elsewhere);
        Files.createSymbolicLink(pods.resolve("prod_shop-2_u1"), elsewhere);

        assertThat(folders.runs("prod", "shop-1", "shop", false)).containsExactly(json);
        assertThatThrownBy(() -> folders.runs("prod", "shop-1", "linked", false))
                .isInstanceOf(NoSuchFileException.class);
        assertThat(folders.all()).containsExactly(json);
    }

    @Test
    void hasNothingWhereThereIsNoFolder() throws IOException {
        assertThat(new LogFolders(folder.resolve("absent"), docker).all()).isEmpty();
    }
}
