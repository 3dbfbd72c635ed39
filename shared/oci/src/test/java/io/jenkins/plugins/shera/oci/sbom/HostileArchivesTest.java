package io.jenkins.plugins.shera.oci.sbom;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.shera.oci.image.Digest;
import io.jenkins.plugins.shera.oci.image.Json;
import io.jenkins.plugins.shera.oci.layer.LayerWriter;
import io.jenkins.plugins.shera.oci.layer.TarEntry;
import io.jenkins.plugins.shera.oci.target.BlobSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.cyclonedx.Version;
import org.cyclonedx.parsers.JsonParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostileArchivesTest {
    @TempDir
    Path folder;

    private Findings read(byte[] archive, long bytes) throws IOException {
        Path file = Files.write(folder.resolve("evil.jar"), archive);
        Path spool = Files.createDirectories(folder.resolve("spool"));
        Findings findings = new ArchiveLook(spool, new Bounds(bytes)).read(file, "app/evil.jar");
        assertThat(spool).isEmptyDirectory();
        return findings;
    }

    private static byte[] bomb(int megabytes) throws IOException {
        return new Archives().with("inner.jar", new byte[megabytes << 20]).bytes();
    }

    @Test
    void aBombIsNotUnpackedFurtherThanTheBound() throws Exception {
        Findings found = read(bomb(64), 1 << 20);

        assertThat(found.unread()).containsExactly("/app/evil.jar!/inner.jar unpacks to more than may be read");
        assertThat(found.artifacts()).hasSize(1);
    }

    @Test
    void archivesInArchivesEndSomewhere() throws Exception {
        byte[] inner = new Archives().with("a", "b").bytes();
        for (int i = 0; i < 10; i++) {
            inner = new Archives().with("x.jar", inner).bytes();
        }

        Findings found = read(inner, 1 << 20);

        assertThat(found.unread()).singleElement().asString().endsWith("is an archive in more than 4 others");
        assertThat(found.artifacts()).hasSize(Bounds.DEEPEST + 1);
    }

    @Test
    void aDamagedInnerArchiveIsNamedAndTheRestRead() throws Exception {
        byte[] whole = new Archives()
                .with("broken.jar", "PK\u0003\u0004 and then nothing")
                .with("good-1.jar", new Archives().pom("a", "good", "1").bytes())
                .bytes();

        Findings found = read(whole, 1 << 20);

        assertThat(found.unread()).containsExactly("/app/evil.jar!/broken.jar is no archive that can be read");
        assertThat(found.artifacts()).extracting(Artifact::group).contains("a");
        assertThat(read(java.util.Arrays.copyOf(whole, whole.length / 2), 1 << 20)
                        .unread())
                .containsExactly("/app/evil.jar is no archive that can be read");
    }

    @Test
    void hostileNamesStayNames() throws Exception {
        Archives evil = new Archives()
                .with(
                        "META-INF/maven/g/a/pom.properties",
                        "groupId=org/../evil@1?x=y#z\nartifactId=\\u0000a\\n\"<script>\nversion=1+%2f&arch=\\uD800\n")
                .with("META-INF/maven/g/b/pom.properties", "groupId=\\uZZZZ\n")
                .with("META-INF/maven/g/c/pom.properties", "groupId=g\nartifactId=" + "n".repeat(5_000) + "\n")
                .with("META-INF/maven/g/d/pom.properties", "x".repeat(Bounds.LARGEST_TEXT + 1))
                .with("META-INF/MANIFEST.MF", "no: manifest\0".repeat(10));
        byte[] content = evil.bytes();
        LayerWriter writer = new LayerWriter(Instant.EPOCH);
        writer.add(TarEntry.file("a b/\"'\n.jar", 0644, content.length), BlobSource.of(content));

        byte[] bom = Sbom.write("shop", Digest.of(content), List.of(LayerLook.of(writer, folder)), Groups.none());

        assertThat(new JsonParser().validate(bom, Version.VERSION_16)).isEmpty();
        JsonNode components = Json.read(bom, "SBOM").path("components");
        List<String> purls = components.findValuesAsText("purl");
        assertThat(components.findValuesAsText("group")).contains("org/../evil@1?x=y#z", "g");
        assertThat(purls)
                .singleElement()
                .asString()
                .startsWith("pkg:maven/g/nnn")
                .hasSizeLessThan(400);
        assertThat(PackageUrl.maven("g", "a", "1+%2f&arch=@?#/ \u00e4"))
                .isEqualTo("pkg:maven/g/a@1%2B%252f%26arch%3D%40%3F%23%2F%20%C3%A4");
    }
}
