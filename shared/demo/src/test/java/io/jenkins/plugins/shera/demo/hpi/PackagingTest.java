package io.jenkins.plugins.shera.demo.hpi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.jar.Attributes;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Manifests say what Jenkins asks of them, and nothing is packed that Jenkins brings itself. */
class PackagingTest {
    /** Libraries of one plugin alone, which the platform does not bring; of commons-codec a real Jenkins takes its own. */
    private static final String ALONE = "(java-diff-utils|re2j|commons-codec)-[0-9.]+\\.jar";

    private static final List<String> REPEATED =
            List.of("Short-Name", "Plugin-Version", "Jenkins-Version", "Minimum-Java-Version", "Plugin-Dependencies");
    private static final Pattern OF_PLATFORM = Pattern.compile(
            "(shera-platform(-(oci|kube|nodes))?"
                    + "|jackson-(annotations|core|databind|dataformat-yaml|datatype-jsr310)"
                    + "|kubernetes-client(-api)?|kubernetes-httpclient-jdk|kubernetes-model-[a-z]+"
                    + "|opentelemetry-(api|common|context)|prometheus-metrics-[a-z-]+|jsch|snakeyaml(-engine)?|zjsonpatch)(-[0-9].*)?\\.jar");
    private static final Pattern OF_JENKINS = Pattern.compile(
            "(hudson|jenkins|javax|jakarta|groovy|org/slf4j|org/apache/commons/logging|org/codehaus/groovy"
                    + "|org/apache/groovy|com/google/(common|inject)|org/objectweb/asm|org/antlr|antlr|net/sf/json"
                    + "|org/kohsuke|org/jenkinsci|com/cloudbees|com/thoughtworks/xstream)/.*\\.class");
    private static final Pattern OF_OTHERS = Pattern.compile("(io/fabric8|com/fasterxml)/.*");

    static List<BuiltPlugin> plugins() throws IOException {
        return BuiltPlugin.all();
    }

    @ParameterizedTest
    @MethodSource("plugins")
    void saysWhatItIsAndWhatItNeeds(BuiltPlugin plugin) throws IOException {
        Attributes manifest = plugin.manifest();

        assertThat(manifest.getValue("Short-Name")).isEqualTo(plugin.name());
        assertThat(manifest.getValue("Long-Name")).isNotBlank();
        assertThat(manifest.getValue("Plugin-Version")).matches("\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?");
        assertThat(manifest.getValue("Jenkins-Version")).isEqualTo("2.541.3");
        assertThat(manifest.getValue("Minimum-Java-Version")).isEqualTo("17");
        List<String> needs = List.of(manifest.getValue("Plugin-Dependencies").split(","));
        assertThat(needs)
                .allMatch(need -> need.matches("[a-z-]+:[^:;]+(;resolution:=optional)?"))
                .noneMatch(need -> need.matches("kubernetes(-client-api)?:.*"));
        if (plugin.isPlatform()) {
            assertThat(needs).noneMatch(need -> need.startsWith("shera"));
        } else {
            assertThat(needs.get(0)).isEqualTo("shera-platform:" + manifest.getValue("Plugin-Version"));
        }
        assertThat(Boolean.parseBoolean(manifest.getValue("PluginFirstClassLoader")))
                .isEqualTo(plugin.isPlatform());
    }

    @ParameterizedTest
    @MethodSource("plugins")
    void marksTheJarsWhoseClassesMayBeSaved(BuiltPlugin plugin) throws IOException {
        Attributes own = BuiltPlugin.manifest(plugin.ownJar());
        for (String key : REPEATED) {
            assertThat(own.getValue(key)).as(key).isEqualTo(plugin.manifest().getValue(key));
        }
        for (var jar : plugin.jars().entrySet()) {
            if (jar.getKey().startsWith("shera-") && !jar.getKey().equals(plugin.name() + ".jar")) {
                assertThat(BuiltPlugin.manifest(jar.getValue()).getValue("Jenkins-ClassFilter-Whitelisted"))
                        .as(jar.getKey())
                        .isEqualTo("true");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("plugins")
    void packsOnlyWhatItMay(BuiltPlugin plugin) throws IOException {
        for (var jar : plugin.jars().entrySet()) {
            String name = jar.getKey();
            if (plugin.isPlatform()) {
                assertThat(name).matches(OF_PLATFORM);
            } else {
                assertThat(name).matches(plugin.name() + "(-core-[0-9].*)?\\.jar|" + ALONE);
                assertThat(jar.getValue().keySet())
                        .as(name)
                        .noneMatch(entry -> OF_OTHERS.matcher(entry).matches());
            }
            assertThat(jar.getValue().keySet())
                    .as(name)
                    .noneMatch(entry -> OF_JENKINS.matcher(entry).matches());
        }
    }
}
