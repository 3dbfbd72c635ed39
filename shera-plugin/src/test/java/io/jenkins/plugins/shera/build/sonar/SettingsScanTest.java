package io.jenkins.plugins.shera.build.sonar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsScanTest {
    @TempDir
    Path root;

    private void write(String path, String text) throws Exception {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pom.xml|<project><profiles><profile><properties><sonar.projectKey>x</sonar.projectKey></properties></profile></profiles></project>",
                "deep/module/pom.xml|<project><properties><sonar.scm.revision>x</sonar.scm.revision></properties></project>",
                "sonar-project.properties|sonar.host.url = http://x",
                "sonar-project.properties|core.SONAR.ProjectKey=x",
                "sonar-project.properties|sonar.pullrequest.key=1",
                "sonar-project.properties|sonar.nodejs.executable=./steal",
                ".mvn/maven.config|-Dsonar.token=x",
                ".mvn/jvm.config|-Xmx1g -Dsonar.scanner.apiBaseUrl=http://x",
                "pom.xml|<project><x><argLine>-Dsonar.branch.name=x</argLine></x></project>",
            })
    void whatOnlySheRaMaySayIsRefusedWhereverItStands(String path, String text) throws Exception {
        write(path, text);
        assertThatThrownBy(() -> SettingsScan.read(root).check())
                .isInstanceOf(SonarException.class)
                .hasMessageContaining("in " + path);
    }

    @Test
    void exclusionsAreKeptWithTheirPlace() throws Exception {
        write("pom.xml", "<project><properties><sonar.exclusions>gen/**</sonar.exclusions></properties></project>");
        write("sonar-project.properties", "sonar.issue.ignore.multicriteria=e1\nsonar.sources=src\n");
        write("target/classes/sonar-project.properties", "sonar.projectKey=x\n");
        ProjectSettings settings = SettingsScan.read(root);
        assertThatCode(settings::check).doesNotThrowAnyException();
        assertThat(settings.isMaven()).isTrue();
        assertThat(settings.exclusions())
                .containsExactlyInAnyOrder(
                        "sonar.exclusions=gen/** (pom.xml)",
                        "sonar.issue.ignore.multicriteria=e1 (sonar-project.properties)",
                        "sonar.sources=src (sonar-project.properties)");
    }

    @Test
    void aHostilePomIsRefusedAndReadsNoFile() throws Exception {
        write("pom.xml", "<!DOCTYPE p [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><project>&e;</project>");
        assertThatThrownBy(() -> SettingsScan.read(root)).hasMessageContaining("not well-formed XML, or has a DTD");
    }

    @Test
    void aPropertyThatIsOursIsRefusedAndTheTokenIsInNoArgument() {
        assertThatThrownBy(() -> ScannerCommand.check("shop", Map.of("sonar.login", "x")))
                .hasMessageContaining("set by SheRa alone");
        assertThatThrownBy(() -> ScannerCommand.check("shop", Map.of("user.home", "x")))
                .hasMessageContaining("none of the scanner's");
        assertThatThrownBy(() -> ScannerCommand.check("a b", Map.of())).hasMessageContaining("not a key");
        ScannerCommand command = new ScannerCommand("http://s/", "shop", "abc", Map.of());
        assertThat(command.mavenWords("/t/found", "9.9"))
                .contains(
                        "-Dsonar.projectKey=shop",
                        "-Dsonar.host.url=http://s",
                        "-Dsonar.scanner.internal.dumpToFile=/t/found");
        assertThat(command.mavenEnvironment()).doesNotContainKey("SONAR_TOKEN");
        assertThat(String.join(" ", command.alone("java", "s.jar", "/w"))).doesNotContain("oken");
        assertThat(command.environment("t0ken"))
                .containsEntry("SONAR_TOKEN", "t0ken")
                .containsEntry("JAVA_TOOL_OPTIONS", "");
    }

    @Test
    void theDigestOfATreeSeesEveryChange() throws Exception {
        write("a/b", "1");
        String before = TreeDigest.of(root);
        write(".git/index", "x");
        assertThat(TreeDigest.of(root)).isEqualTo(before);
        write("target/app.jar", "x");
        String built = TreeDigest.of(root);
        assertThat(built).isNotEqualTo(before);
        write("target/app.jar", "y");
        assertThat(TreeDigest.of(root)).isNotEqualTo(built);
    }
}
