package io.jenkins.plugins.shera.oci.sbom;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.packageurl.PackageURL;
import io.jenkins.plugins.shera.oci.image.Digest;
import io.jenkins.plugins.shera.oci.image.Json;
import io.jenkins.plugins.shera.oci.layer.Layer;
import io.jenkins.plugins.shera.oci.layer.LayerListing;
import io.jenkins.plugins.shera.oci.layer.LayerStream;
import io.jenkins.plugins.shera.oci.layer.LayerWriter;
import io.jenkins.plugins.shera.oci.layer.TarEntry;
import io.jenkins.plugins.shera.oci.layer.TarReader;
import io.jenkins.plugins.shera.oci.target.BlobSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.cyclonedx.Version;
import org.cyclonedx.parsers.JsonParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SbomTest {
    private static final Digest IMAGE = Digest.of(new byte[] {1});
    private static final String DEBIAN = "Package: libc6\nStatus: install ok installed\nArchitecture: amd64\n"
            + "Source: glibc (2.36-9)\nVersion: 2.36-9+deb12u4\nDescription: C\n more text: of it\n\n"
            + "Package: gone\nStatus: deinstall ok config-files\nVersion: 1\n";

    @TempDir
    Path folder;

    private LayerWriter layer() {
        return new LayerWriter(Instant.EPOCH);
    }

    private static LayerWriter add(LayerWriter writer, String name, byte[] content) {
        writer.add(TarEntry.file(name, 0644, content.length), BlobSource.of(content));
        return writer;
    }

    private static LayerWriter add(LayerWriter writer, String name, String content) {
        return add(writer, name, content.getBytes(StandardCharsets.UTF_8));
    }

    private JsonNode bom(LayerWriter... layers) throws Exception {
        List<LayerFindings> findings = new ArrayList<>();
        for (LayerWriter one : layers) {
            findings.add(LayerLook.of(one, folder));
        }
        return bom(Groups.none(), findings);
    }

    private static JsonNode bom(Groups groups, List<LayerFindings> findings) throws Exception {
        byte[] bytes = Sbom.write("registry.example.org/shop/cart", IMAGE, findings, groups);
        assertThat(new JsonParser().validate(bytes, Version.VERSION_16)).isEmpty();
        JsonNode json = Json.readLarge(bytes, "SBOM");
        for (JsonNode component : json.path("components")) {
            if (component.has("purl")) {
                String purl = component.path("purl").asText();
                // The specification leaves a colon as it is; this library writes it encoded.
                assertThat(new PackageURL(purl).canonicalize().replace("%3A", ":"))
                        .isEqualTo(purl);
            }
        }
        return json;
    }

    private static List<String> purls(JsonNode bom) {
        return bom.path("components").findValuesAsText("purl");
    }

    private static JsonNode named(JsonNode bom, String name) {
        for (JsonNode component : bom.path("components")) {
            if (component.path("name").asText().equals(name)) {
                return component;
            }
        }
        throw new AssertionError(name + " is not in " + bom);
    }

    private static byte[] springBoot() throws IOException {
        return new Archives()
                .with("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\r\nImplementation-Title: shop\r\n\r\n")
                .pom("org.example", "shop", "1.2")
                .with(
                        "BOOT-INF/lib/codec-1.17.0.jar",
                        new Archives().pom("commons-codec", "codec", "1.17.0").bytes())
                .with(
                        "BOOT-INF/lib/mystery-3.1.jar",
                        new Archives().with("a", "b").bytes())
                .bytes();
    }

    @Test
    void namesTheLibrariesThatWereReallyPackedWithTheirHashes() throws Exception {
        JsonNode bom = bom(add(layer(), "app/app.jar", springBoot()));

        assertThat(purls(bom))
                .containsExactly("pkg:maven/commons-codec/codec@1.17.0", "pkg:maven/org.example/shop@1.2");
        JsonNode codec = named(bom, "codec");
        assertThat(codec.path("hashes").findValuesAsText("content"))
                .contains(Digest.of(new Archives()
                                .pom("commons-codec", "codec", "1.17.0")
                                .bytes())
                        .hex());
        assertThat(codec.at("/evidence/occurrences/0/location").asText())
                .isEqualTo("/app/app.jar!/BOOT-INF/lib/codec-1.17.0.jar");
        assertThat(named(bom, "mystery").path("version").asText()).isEqualTo("3.1");
        assertThat(named(bom, "mystery").has("purl")).isFalse();
    }

    @Test
    void namesWhatWasCopiedIntoAnArchiveApartFromTheArchiveItself() throws Exception {
        byte[] shaded = new Archives()
                .pom("com.google.code.gson", "gson", "2.11.0")
                .pom("org.example", "tool", "4")
                .bytes();

        JsonNode bom = bom(add(layer(), "opt/tool-4.jar", shaded));

        assertThat(named(bom, "tool").has("hashes")).isTrue();
        assertThat(named(bom, "gson").has("hashes")).isFalse();
    }

    @Test
    void namesThePackagesOfTheBaseWithTheirDistribution() throws Exception {
        LayerWriter debian = add(layer(), "var/lib/dpkg/status", DEBIAN);
        add(debian, "usr/lib/os-release", "ID=debian\nVERSION_ID=\"12\"\nPRETTY_NAME='Debian 12'\n");
        LayerWriter distroless =
                add(layer(), "var/lib/dpkg/status.d/tzdata", "Package: tzdata\nVersion: 1:2024a-0+1\n");
        add(distroless, "var/lib/dpkg/status.d/tzdata.md5sums", "Package: not\nVersion: one\n");
        LayerWriter alpine = add(layer(), "lib/apk/db/installed", "C:Q1x=\nP:musl\nV:1.2.4-r2\nA:x86_64\no:musl\n\n");
        add(alpine, "etc/os-release", "ID=alpine\nVERSION_ID=3.18.4\n");

        assertThat(purls(bom(debian)))
                .containsExactly(
                        "pkg:deb/debian/libc6@2.36-9%2Bdeb12u4?arch=amd64&distro=debian-12&upstream=glibc%402.36-9");
        assertThat(named(bom(debian), "debian").path("type").asText()).isEqualTo("operating-system");
        assertThat(purls(bom(distroless))).containsExactly("pkg:deb/debian/tzdata@1:2024a-0%2B1");
        assertThat(purls(bom(alpine))).containsExactly("pkg:apk/alpine/musl@1.2.4-r2?arch=x86_64&distro=alpine-3.18.4");
    }

    @Test
    void saysWhatItDidNotRead() throws Exception {
        LayerWriter rpm = add(layer(), "var/lib/rpm/rpmdb.sqlite", "SQLite format 3");
        add(rpm, "app/broken.jar", "no zip at all");

        JsonNode bom = bom(rpm);

        assertThat(bom.at("/metadata/properties").findValuesAsText("value"))
                .containsExactly(
                        "/app/broken.jar is no archive that can be read",
                        "/var/lib/rpm/rpmdb.sqlite: packages of rpm are not read");
        assertThat(bom.at("/compositions/0/aggregate").asText()).isEqualTo("incomplete");
        assertThat(named(bom, "broken").path("hashes")).hasSize(2);
    }

    @Test
    void listsNothingThatAHigherLayerReplacedOrHid() throws Exception {
        LayerWriter below = add(
                layer(),
                "app/lib/old-1.jar",
                new Archives().pom("a", "old", "1").bytes());
        add(below, "app/lib/gone-1.jar", new Archives().pom("a", "gone", "1").bytes());
        add(below, "srv/hidden-1.jar", new Archives().pom("a", "hidden", "1").bytes());
        add(below, "link/below-1.jar", new Archives().pom("a", "below", "1").bytes());
        add(below, "var/lib/dpkg/status", "Package: old\nVersion: 1\n");
        LayerWriter above = add(
                layer(),
                "app/lib/old-1.jar",
                new Archives().pom("a", "new", "2").bytes());
        above.add(TarEntry.whiteout("app/lib/gone-1.jar"));
        above.add(TarEntry.file("srv/.wh..wh..opq", 0, 0));
        above.add(TarEntry.symlink("link", "/srv"));
        add(above, "var/lib/dpkg/status", "Package: new\nVersion: 2\n");

        assertThat(purls(bom(below, above))).containsExactly("pkg:deb/debian/new@2", "pkg:maven/a/new@2");
    }

    @Test
    void theSameFilesGiveTheSameBytesReadFromTheLayerOrFromDisk() throws Exception {
        Path file = Files.write(folder.resolve("app.jar"), springBoot());
        LayerWriter writer = add(layer(), "var/lib/dpkg/status", DEBIAN);
        writer.add(TarEntry.file("app.jar", 0644, Files.size(file)), BlobSource.of(file));
        Layer packed = writer.write(folder.resolve("layer"));
        LayerLook look = new LayerLook(folder);
        try (LayerStream stream =
                new LayerStream(packed.content().open(), packed.descriptor(), TarReader.Limits.USUAL)) {
            LayerListing.of(stream, look);
        }
        FindingsStore store = new FindingsStore(folder.resolve("store"));
        store.keep(packed.diffId(), look.findings());

        byte[] streamed = write(look.findings());

        assertThat(write(LayerLook.of(writer, folder))).isEqualTo(streamed);
        assertThat(write(store.find(packed.diffId()).orElseThrow())).isEqualTo(streamed);
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left.map(one -> one.getFileName().toString()))
                    .containsExactlyInAnyOrder("app.jar", "layer", "store");
        }
    }

    private static byte[] write(LayerFindings findings) {
        return Sbom.write("shop", IMAGE, List.of(findings), Groups.none());
    }

    @Test
    void aSpoiltMemoryIsNoMemory() throws Exception {
        FindingsStore store = new FindingsStore(folder.resolve("store"));
        store.keep(IMAGE, LayerLook.of(add(layer(), "a.jar", springBoot()), folder));
        Files.writeString(folder.resolve("store").resolve(IMAGE.hex() + ".found"), "spoilt");

        assertThat(store.find(IMAGE)).isEmpty();
    }

    @Test
    void findsTheGroupOfALibraryWhereMavenResolvedIt() throws Exception {
        byte[] mystery = new Archives().with("a", "b").bytes();
        Path home = Files.createDirectories(folder.resolve("repository/org/strange/thing/mystery/3.1"));
        Files.write(home.resolve("mystery-3.1.jar"), mystery);
        Path other = Files.createDirectories(folder.resolve("repository/com/evil/mystery/3.1"));
        Files.writeString(other.resolve("mystery-3.1.jar"), "other bytes");

        JsonNode bom = bom(
                Groups.of(folder.resolve("repository")),
                List.of(LayerLook.of(add(layer(), "app.jar", springBoot()), folder)));

        assertThat(purls(bom)).contains("pkg:maven/org.strange.thing/mystery@3.1");
    }
}
