package io.jenkins.plugins.shera.kubeng.figures;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Prometheus' text format. */
final class Exposition {
    private final StringBuilder text = new StringBuilder();
    private String name = "";

    /** Begins a family; what follows belongs to it. */
    void begin(String family, String type, String help) {
        name = family;
        text.append("# HELP ").append(family).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(family).append(' ').append(type).append('\n');
    }

    /** A sample; names of labels and their values in turn. */
    void value(double value, String... labels) {
        part("", value, labels);
    }

    /** A sample whose name is longer than the family's. */
    void part(String suffix, double value, String... labels) {
        text.append(name).append(suffix);
        for (int i = 0; i < labels.length; i += 2) {
            text.append(i == 0 ? '{' : ',').append(labels[i]).append("=\"");
            text.append(quoted(labels[i + 1])).append('"');
        }
        text.append(labels.length == 0 ? " " : "} ").append(number(value)).append('\n');
    }

    private static String number(double value) {
        return new BigDecimal(value)
                .setScale(3, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }

    private static String quoted(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    /** All of it. */
    String text() {
        return text.toString();
    }
}
