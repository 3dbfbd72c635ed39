package io.jenkins.plugins.shera.oci.sbom;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the texts in which distributions keep what is installed. */
final class Databases {
    private Databases() {}

    /** Debian's {@code status}: paragraphs of {@code Name: value}; a file for one package need not say it is installed. */
    static List<SystemPackage> debian(String text) {
        List<SystemPackage> found = new ArrayList<>();
        for (Map<String, String> paragraph : paragraphs(text)) {
            String status = paragraph.getOrDefault("Status", "install ok installed");
            if (status.endsWith(" installed")) {
                String source = paragraph.getOrDefault("Source", "");
                add(found, "deb", paragraph, "Package", "Version", "Architecture", upstream(source));
            }
        }
        return found;
    }

    /** Alpine's {@code installed}: paragraphs of {@code P:name}. */
    static List<SystemPackage> alpine(String text) {
        List<SystemPackage> found = new ArrayList<>();
        for (Map<String, String> paragraph : paragraphs(text)) {
            add(found, "apk", paragraph, "P", "V", "A", paragraph.getOrDefault("o", ""));
        }
        return found;
    }

    /** {@code glibc (2.36-9)} becomes {@code glibc@2.36-9}. */
    private static String upstream(String source) {
        int bracket = source.indexOf(" (");
        return bracket > 0 && source.endsWith(")")
                ? source.substring(0, bracket) + "@" + source.substring(bracket + 2, source.length() - 1)
                : source;
    }

    private static void add(
            List<SystemPackage> found,
            String type,
            Map<String, String> from,
            String name,
            String version,
            String architecture,
            String source) {
        String called = Bounds.word(from.get(name));
        if (!called.isEmpty() && found.size() < Bounds.MOST_FOUND) {
            String origin = Bounds.word(source);
            found.add(new SystemPackage(
                    type,
                    called,
                    Bounds.word(from.get(version)),
                    Bounds.word(from.get(architecture)),
                    origin.equals(called) ? "" : origin));
        }
    }

    private static List<Map<String, String>> paragraphs(String text) {
        List<Map<String, String>> all = new ArrayList<>();
        Map<String, String> paragraph = new HashMap<>();
        for (String line : (Iterable<String>) text.lines()::iterator) {
            int colon = line.indexOf(':');
            if (line.isBlank()) {
                all.add(paragraph);
                paragraph = new HashMap<>();
            } else if (colon > 0 && colon <= 40 && !Character.isWhitespace(line.charAt(0))) {
                paragraph.putIfAbsent(
                        line.substring(0, colon), line.substring(colon + 1).strip());
            }
        }
        all.add(paragraph);
        return all;
    }

    /** The assignments of os-release(5). */
    static Map<String, String> system(String text) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String line : (Iterable<String>) text.lines()::iterator) {
            int equals = line.indexOf('=');
            if (equals > 0 && equals <= 40 && !line.startsWith("#") && fields.size() < 100) {
                String value = line.substring(equals + 1).strip();
                boolean quoted = value.length() >= 2
                        && (value.charAt(0) == '"' || value.charAt(0) == '\'')
                        && value.charAt(value.length() - 1) == value.charAt(0);
                fields.put(
                        Bounds.word(line.substring(0, equals)),
                        Bounds.word(quoted ? value.substring(1, value.length() - 1) : value));
            }
        }
        return fields;
    }
}
