package io.jenkins.plugins.shera.demo.hpi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * docs/jcasc.yaml, set on the packed plugins by the constructors and setters that configuration as code uses, and complete. The
 * plugin Configuration as Code is not on Maven Central; {@code bin/verify-on-jenkins} gives it the same file.
 */
class ConfigurationFileTest {
    private static final Path FILE = Path.of("").toAbsolutePath().resolve("../../docs/jcasc.yaml");

    @TempDir
    Path home;

    @Test
    void everyLineIsTakenAndNothingThatCanBeSetIsLeftOut() throws Exception {
        Map<String, Object> file = new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(FILE));
        Path sections = home.resolve("sections");
        try (OutputStream out = Files.newOutputStream(sections);
                ObjectOutputStream objects = new ObjectOutputStream(out)) {
            objects.writeObject(resolved(file.get("unclassified")));
        }

        List<String> said = PluginProcess.run(home, ConfiguredPlugins.class, sections.toString())
                .lines()
                .toList();

        assertThat(said)
                .contains(
                        "set shera.tenants = 2 of them",
                        "set shera.applications = 1 of them",
                        "set sheraNginx.clusters = 2 of them",
                        "set sheraTerminal.keepDays = 90")
                .noneMatch(line -> line.startsWith("SEVERE"));
        assertThat(properties(said, "known ")).isNotEmpty().isEqualTo(properties(said, "set "));
    }

    private static Set<String> properties(List<String> said, String word) {
        return said.stream()
                .filter(line -> line.startsWith(word))
                .map(line -> line.substring(word.length()).split(" ")[0])
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The texts as configuration as code reads them: a secret for {@code ${NAME}}, and {@code ${} for {@code ^${}. */
    private Serializable resolved(Object value) throws Exception {
        if (value instanceof Map<?, ?> map) {
            LinkedHashMap<Object, Object> all = new LinkedHashMap<>();
            for (Map.Entry<?, ?> each : map.entrySet()) {
                all.put(each.getKey(), resolved(each.getValue()));
            }
            return all;
        }
        if (value instanceof List<?> list) {
            ArrayList<Object> all = new ArrayList<>();
            for (Object each : list) {
                all.add(resolved(each));
            }
            return all;
        }
        if ("${LOG_AGENT_CA}".equals(value) || "${DOCKER_CA}".equals(value)) {
            return certificate();
        }
        return value instanceof String text ? text.replace("^${", "${") : (Serializable) value;
    }

    private String certificate() throws Exception {
        Path file = home.resolve("ca.pem");
        if (Files.exists(file)) {
            return Files.readString(file);
        }
        Path store = home.resolve("store.p12");
        keytool("-genkeypair", "-alias", "ca", "-keyalg", "EC", "-dname", "CN=agents", "-keystore", store.toString());
        keytool("-exportcert", "-rfc", "-alias", "ca", "-keystore", store.toString(), "-file", file.toString());
        return Files.readString(file);
    }

    private static void keytool(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-storepass", "changeit"));
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }
}
