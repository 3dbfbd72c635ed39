package io.jenkins.plugins.shera.build.sonar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MavenFindingsTest {
    private static final Map<String, String> SAID = Map.of("sonar.projectKey", "shop", "sonar.host.url", "http://s");

    @TempDir
    Path folder;

    private Path workspace;

    @BeforeEach
    void workspace() throws Exception {
        workspace = Files.createDirectories(folder.resolve("ws/core/src"))
                .getParent()
                .getParent();
        Files.createDirectories(folder.resolve("clean"));
        Files.createSymbolicLink(workspace.resolve("link"), folder.resolve("clean"));
    }

    private MavenFindings read(String... lines) throws Exception {
        Path file = folder.resolve("found");
        Files.writeString(
                file,
                "sonar.projectKey=shop\nsonar.host.url=http\\://s\nsonar.projectBaseDir=" + workspace + "\n"
                        + String.join("\n", lines).replace("{ws}", workspace.toString()));
        return MavenFindings.read(file, workspace, SAID);
    }

    @Test
    void keepsWhatTheScannerNeedsOfEachModuleAndNothingThatIsOursOrTheEnvironments() throws Exception {
        MavenFindings findings = read(
                "sonar.modules=t\\:core",
                "t\\:core.sonar.projectBaseDir={ws}/core",
                "t\\:core.sonar.projectKey=evil",
                "org.sonar.x\\:y.sonar.sources={ws}/core/src",
                "sonar.scanner.javaExePath=/ws/evil",
                "sonar.nodejs.executable=/ws/evil",
                "sonar.working.directory=/etc",
                "env.HOME=/root",
                "t\\:core.sonar.exclusions=gen/**",
                "sonar.java.libraries=/m2/a.jar");
        Path written = folder.resolve("written");
        findings.write(written);
        Properties kept = new Properties();
        try (InputStream in = Files.newInputStream(written)) {
            kept.load(in);
        }
        assertThat(kept.stringPropertyNames())
                .containsExactlyInAnyOrder(
                        "sonar.projectBaseDir",
                        "sonar.modules",
                        "t:core.sonar.projectBaseDir",
                        "org.sonar.x:y.sonar.sources",
                        "t:core.sonar.exclusions",
                        "sonar.java.libraries");
        assertThat(findings.base()).isEqualTo(workspace.toString());
        assertThat(findings.narrowing()).containsOnly(Map.entry("sonar.exclusions", "gen/**"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sonar.projectKey=other",
                "sonar.host.url=http\\://elsewhere",
                "sonar.branch.name=x",
                "sonar.pullrequest.key=1",
                "sonar.projectBaseDir=",
                "sonar.projectBaseDir=/",
                "t\\:core.sonar.projectBaseDir={ws}/../clean",
                "t\\:core.sonar.projectBaseDir={ws}/link",
                "t\\:core.sonar.sources={ws}/core/src,../clean",
                "sonar.tests={ws}/link/more",
                "sonar.sources=/nowhere/at/all",
                "sonar.sources=a\\u0000b",
                "sonar.x=\\u00zz",
            })
    void refusesWhatIsAnothersOrLiesElsewhere(String line) {
        assertThatThrownBy(() -> read(line))
                .isInstanceOf(SonarException.class)
                .hasMessageStartingWith("What the scanner for Maven found in the project ");
    }
}
