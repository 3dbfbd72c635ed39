package io.jenkins.plugins.shera.build.sonar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.jenkins.plugins.shera.build.template.PomVersion;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What XML can do to who reads it: nothing is fetched, no file is read, nothing grows, and what Maven would see is not hidden from the scan. */
@Timeout(120)
class HostilePomsTest {
    private static final String CANARY = "the-canary-that-nobody-may-read";

    @TempDir
    Path folder;

    private Path root;
    private Path secret;

    @BeforeEach
    void files() throws IOException {
        root = Files.createDirectory(folder.resolve("root"));
        secret = Files.writeString(folder.resolve("secret"), CANARY);
        Files.writeString(folder.resolve("evil.dtd"), "<!ENTITY x '" + CANARY + "'>");
    }

    private Map<String, String> corpus(int port) {
        String file = secret.toUri().toString();
        String dtd = folder.resolve("evil.dtd").toUri().toString();
        String away = "http://127.0.0.1:" + port + "/evil.dtd";
        Map<String, String> all = new LinkedHashMap<>();
        all.put("external entity of a file", doctype("<!ENTITY x SYSTEM '" + file + "'>", "&x;"));
        all.put("external entity over http", doctype("<!ENTITY x SYSTEM '" + away + "'>", "&x;"));
        all.put("parameter entity", doctype("<!ENTITY % p SYSTEM '" + away + "'>%p;", "&x;"));
        all.put("external subset of a file", "<!DOCTYPE project SYSTEM '" + dtd + "'>" + project("&x;"));
        all.put("external subset over http", "<!DOCTYPE project SYSTEM '" + away + "'>" + project("&x;"));
        all.put("public id", "<!DOCTYPE project PUBLIC '-//x' '" + away + "'>" + project("&x;"));
        all.put(
                "hidden property",
                "<!DOCTYPE project [<!ENTITY x 'other'>]><project><properties><sonar.projectKey>&x;</sonar.projectKey>"
                        + "</properties><version>1</version></project>");
        StringBuilder laughs = new StringBuilder("<!ENTITY a0 'ha'>");
        for (int i = 1; i < 30; i++) {
            laughs.append("<!ENTITY a")
                    .append(i)
                    .append(" '")
                    .append(("&a" + (i - 1) + ";").repeat(10))
                    .append("'>");
        }
        all.put("billion laughs", doctype(laughs.toString(), "&a29;"));
        all.put("quadratic", doctype("<!ENTITY a '" + "x".repeat(50_000) + "'>", "&a;".repeat(50_000)));
        all.put("deep", "<a>".repeat(100_000));
        all.put("attributes", "<project " + attributes() + "><version>1</version></project>");
        return all;
    }

    private static String attributes() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            text.append("a").append(i).append("='x' ");
        }
        return text.toString();
    }

    private static String doctype(String declarations, String version) {
        return "<!DOCTYPE project [" + declarations + "]>" + project(version);
    }

    private static String project(String version) {
        return "<project><version>" + version + "</version></project>";
    }

    @Test
    void areRefusedAndReachNothing() throws Exception {
        try (ServerSocket away = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            away.setSoTimeout(1);
            for (Map.Entry<String, String> each : corpus(away.getLocalPort()).entrySet()) {
                for (String name : new String[] {"pom.xml", ".mvn/extensions.xml", "module/pom.xml"}) {
                    Path file = root.resolve(name);
                    Files.createDirectories(file.getParent());
                    Files.writeString(file, each.getValue());
                    Throwable scan = catchThrowable(() -> SettingsScan.read(root));
                    assertThat(scan).as(each.getKey()).isInstanceOf(SonarException.class);
                    quiet(scan, each.getKey());
                    if (name.equals("pom.xml")) {
                        Throwable version = catchThrowable(() -> PomVersion.read(root));
                        assertThat(version).as(each.getKey()).isInstanceOf(IOException.class);
                        quiet(version, each.getKey());
                    }
                    Files.delete(file);
                }
            }
            assertThat(catchThrowable(away::accept)).isInstanceOf(SocketTimeoutException.class);
        }
    }

    private static void quiet(Throwable thrown, String what) {
        assertThat(thrown.getMessage())
                .as(what)
                .hasSizeLessThan(1_000)
                .doesNotContain(CANARY)
                .contains("correct it");
    }

    @Test
    void anIncludeIsAnElementLikeAnyOther() throws Exception {
        String include =
                "<xi:include xmlns:xi='http://www.w3.org/2001/XInclude' parse='text' href='" + secret.toUri() + "'/>";
        Path pom = root.resolve("pom.xml");
        Files.writeString(pom, project(include));
        Throwable version = catchThrowable(() -> PomVersion.read(root));
        assertThat(version).isInstanceOf(IOException.class).hasMessageNotContaining(CANARY);
        SettingsScan.read(root);

        Files.writeString(pom, "<project><properties>" + include + "</properties><version>1.2</version></project>");
        assertThat(PomVersion.read(root)).isEqualTo("1.2");
        SettingsScan.read(root);
    }

    @Test
    void aHugeFileOfSettingsIsRefused() throws Exception {
        Path properties = root.resolve("sonar-project.properties");
        Files.writeString(properties, "a=" + "x".repeat(3_000_000));
        assertThat(catchThrowable(() -> SettingsScan.read(root))).hasMessageContaining("larger than 2 MB");
        Files.writeString(properties, "sonar.projectKey=one\nsonar.projectKey=two\n");
        assertThat(catchThrowable(() -> SettingsScan.read(root).check()))
                .hasMessageContaining("sonar.projectKey in sonar-project.properties");
    }
}
