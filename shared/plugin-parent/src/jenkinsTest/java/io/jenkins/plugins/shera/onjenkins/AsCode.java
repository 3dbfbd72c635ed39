package io.jenkins.plugins.shera.onjenkins;

import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.casc.yaml.YamlSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Reads and writes sections of the suite in the YAML of configuration as code. */
public final class AsCode {
    private AsCode() {}

    /** Configures Jenkins with what the text says. */
    public static void read(String yaml) throws Exception {
        ConfigurationAsCode.get()
                .configureWith(YamlSource.of(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8))));
    }

    /** One section under {@code unclassified}, as a text that {@link #read} takes: the rest is not ours. */
    public static String export(String symbol) throws Exception {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        ConfigurationAsCode.get().export(all);
        StringBuilder section = new StringBuilder("unclassified:\n");
        boolean inside = false;
        for (String line : all.toString(StandardCharsets.UTF_8).split("\n")) {
            if (line.matches(" {0,2}\\S.*")) {
                inside = line.equals("  " + symbol + ":");
            }
            if (inside) {
                section.append(line).append('\n');
            }
        }
        return section.toString();
    }
}
