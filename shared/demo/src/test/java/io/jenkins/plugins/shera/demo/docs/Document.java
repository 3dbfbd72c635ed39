package io.jenkins.plugins.shera.demo.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Markdown file: its headings and the links in it, neither of them from a code block.
 *
 * @param file where it is
 * @param lines its lines, without code blocks
 */
record Document(Path file, List<String> lines) {
    private static final Pattern HEADING = Pattern.compile("#{1,6} (.+)");
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");

    static Document read(Path file) throws IOException {
        List<String> lines = new ArrayList<>();
        boolean code = false;
        for (String line : Files.readAllLines(file)) {
            if (line.startsWith("```")) {
                code = !code;
            } else if (!code) {
                lines.add(line);
            }
        }
        return new Document(file, lines);
    }

    /** How deep each heading is, in order. */
    List<Integer> depths() {
        return lines.stream()
                .filter(line -> HEADING.matcher(line).matches())
                .map(line -> line.indexOf(' '))
                .toList();
    }

    /** The fragments that lead to its headings, as GitHub makes them. */
    List<String> anchors() {
        return lines.stream()
                .map(HEADING::matcher)
                .filter(Matcher::matches)
                .map(heading -> anchor(heading.group(1)))
                .toList();
    }

    private static String anchor(String heading) {
        return heading.strip()
                .replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
    }

    /** Where its links lead, those to other servers left out. */
    List<String> links() {
        List<String> links = new ArrayList<>();
        for (String line : lines) {
            for (Matcher link = LINK.matcher(line); link.find(); ) {
                if (!link.group(1).matches("[a-z]+:.*")) {
                    links.add(link.group(1));
                }
            }
        }
        return links;
    }
}
