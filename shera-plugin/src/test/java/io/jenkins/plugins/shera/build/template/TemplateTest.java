package io.jenkins.plugins.shera.build.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemplateTest {
    @TempDir
    Path root;

    @Test
    void tagsAreFilledInAndMadeFit() {
        Map<String, String> values = Map.of("branch", "feature/a b", "commit", "abc", "build", "7", "version", "1.0+x");
        assertThat(TagTemplate.expand("${version}-${build}, ${branch} latest, latest", values))
                .containsExactly("1.0-x-7", "feature-a-b", "latest");
        assertThatThrownBy(() -> TagTemplate.check("${who}")).hasMessageContaining("none of ${branch}");
        assertThatThrownBy(() -> TagTemplate.check("a:b")).hasMessageContaining("is not a tag");
        assertThatThrownBy(() -> TagTemplate.expand("${commit}", Map.of("commit", "")))
                .hasMessageContaining("the source has none");
    }

    @Test
    void theVersionIsThePomsOwnOrItsParents() throws Exception {
        assertThat(PomVersion.read(root)).isEmpty();
        pom(
                "<parent><version>2.0</version></parent><dependencies><dependency><version>9</version></dependency></dependencies>");
        assertThat(PomVersion.read(root)).isEqualTo("2.0");
        pom("<parent><version>2.0</version></parent><version>3.1</version>");
        assertThat(PomVersion.read(root)).isEqualTo("3.1");
        Files.writeString(
                root.resolve("pom.xml"),
                "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><project><version>&e;</version></project>");
        assertThatThrownBy(() -> PomVersion.read(root)).hasMessageContaining("DTD");
    }

    private void pom(String content) throws Exception {
        Files.writeString(root.resolve("pom.xml"), "<project>" + content + "</project>");
    }

    @Test
    void aProjectWithoutDockerfileGetsOneForItsOneJarOrWar() throws Exception {
        assertThatThrownBy(() -> UsualDockerfile.write(root, null)).hasMessageContaining("no war and no jar");
        jar("target/lib.jar", null);
        jar("target/shop.jar", "shop.Main");
        jar("target/shop-sources.jar", "shop.Main");
        assertThat(UsualDockerfile.write(root, null))
                .startsWith("FROM eclipse-temurin:17-jre\n")
                .contains("COPY target/shop.jar /app/app.jar")
                .endsWith("ENTRYPOINT [\"java\", \"-jar\", \"/app/app.jar\"]\n");
        Files.delete(root.resolve("target/shop.jar"));
        jar("web/target/shop.war", null);
        assertThat(UsualDockerfile.write(root, "house/tomcat:9"))
                .startsWith("FROM house/tomcat:9\n")
                .contains("COPY web/target/shop.war /usr/local/tomcat/webapps/ROOT.war");
        jar("other/target/other.war", null);
        assertThatThrownBy(() -> UsualDockerfile.write(root, null)).hasMessageContaining("several");
    }

    private void jar(String path, String main) throws Exception {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        if (main != null) {
            manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, main);
        }
        new JarOutputStream(Files.newOutputStream(file), manifest).close();
    }

    @Test
    void aHugeVersionOrPomIsRefusedAndNotCutToATag() throws Exception {
        Path pom = root.resolve("pom.xml");
        Files.writeString(pom, "<project><version>" + "1.".repeat(500_000) + "</version></project>");
        assertThatThrownBy(() -> PomVersion.read(root)).hasMessageContaining("has 1000000 characters");
        Files.writeString(pom, "<project><parent><version>" + "9".repeat(201) + "</version></parent><a/></project>");
        assertThatThrownBy(() -> PomVersion.read(root)).hasMessageContaining("no tag can hold it");
        Files.writeString(pom, "<project>" + " ".repeat(17 << 20) + "<version>1</version></project>");
        assertThatThrownBy(() -> PomVersion.read(root)).hasMessageContaining("pom.xml is larger than");
    }
}
