package io.jenkins.plugins.shera.build.dockerfile;

import io.jenkins.plugins.shera.oci.image.Quoted;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Joins continued lines, drops comments, and tells keywords and flags from the rest. */
final class Lexer {
    /** Longest Dockerfile in characters; docker's own are a hundredth of it. */
    static final int LONGEST = 1024 * 1024;

    private static final int MOST_INSTRUCTIONS = 2000;
    private static final Pattern DIRECTIVE = Pattern.compile("#\\s*([a-zA-Z]+)\\s*=\\s*(\\S+)\\s*");
    private static final Pattern HERE_DOCUMENT = Pattern.compile("(?:^|\\s)[0-9]*<<-?[\"']?[A-Za-z_]");

    private static final Pattern HERE_NAME = Pattern.compile("(?:^|\\s)[0-9]*<<(-?)[\"']?([A-Za-z_][^\\s<>\"'|;&]*)");
    private static final Pattern OUTLINE = Pattern.compile("^(?i:FROM|ARG)\\s");

    private final String[] lines;
    private final char escape;

    Lexer(String text) throws DockerfileException {
        if (text.length() > LONGEST) {
            throw new DockerfileException(0, "it is longer than " + LONGEST + " characters.");
        }
        String clean = text.startsWith("\ufeff") ? text.substring(1) : text;
        int nul = clean.indexOf('\0');
        if (nul >= 0) {
            int line = 1
                    + (int) clean.substring(0, nul)
                            .chars()
                            .filter(c -> c == '\n')
                            .count();
            throw new DockerfileException(line, "it holds a NUL byte and is no text.");
        }
        lines = clean.split("\r?\n", -1);
        escape = escapeDirective();
    }

    private char escapeDirective() throws DockerfileException {
        for (int i = 0; i < lines.length; i++) {
            Matcher directive = DIRECTIVE.matcher(lines[i].trim());
            if (!directive.matches()) {
                return '\\';
            }
            if (directive.group(1).equalsIgnoreCase("escape")) {
                if (!directive.group(2).equals("\\") && !directive.group(2).equals("`")) {
                    throw new DockerfileException(i + 1, "the escape character is \\ or `.");
                }
                return directive.group(2).charAt(0);
            }
        }
        return '\\';
    }

    List<Instruction> instructions() throws DockerfileException {
        return instructions(false);
    }

    /** FROM and ARG alone; what else there is need not be known here. */
    List<Instruction> outline() throws DockerfileException {
        return instructions(true);
    }

    private List<Instruction> instructions(boolean outline) throws DockerfileException {
        List<Instruction> instructions = new ArrayList<>();
        int at = 0;
        while (at < lines.length) {
            int first = at;
            StringBuilder joined = new StringBuilder();
            boolean continued = true;
            while (continued && at < lines.length) {
                String line = lines[at++];
                if (line.trim().startsWith("#") || joined.length() > 0 && line.isBlank()) {
                    continue;
                }
                String end = line.stripTrailing();
                continued = end.endsWith(String.valueOf(escape));
                joined.append(continued ? end.substring(0, end.length() - 1) : line);
            }
            String text = joined.toString().trim();
            if (outline && !OUTLINE.matcher(text).find()) {
                at = afterHereDocuments(text, at);
            } else if (!text.isEmpty()) {
                instructions.add(instruction(lineOf(first), text));
            }
            if (instructions.size() > MOST_INSTRUCTIONS) {
                throw new DockerfileException(first, "there are more than " + MOST_INSTRUCTIONS + " instructions.");
            }
        }
        return instructions;
    }

    /** Where the text ends that an instruction takes from the lines below it; they may look like instructions. */
    private int afterHereDocuments(String text, int from) {
        int at = from;
        Matcher here = HERE_NAME.matcher(text);
        while (here.find()) {
            int end = at;
            while (end < lines.length
                    && !ends(lines[end], here.group(2), !here.group(1).isEmpty())) {
                end++;
            }
            at = end < lines.length ? end + 1 : at;
        }
        return at;
    }

    private static boolean ends(String line, String name, boolean indented) {
        return (indented ? line.replaceFirst("^\t+", "") : line).equals(name);
    }

    /** The first line from there on that is neither a comment nor blank, counted from 1. */
    private int lineOf(int from) {
        int line = from;
        while (lines[line].isBlank() || lines[line].trim().startsWith("#")) {
            line++;
        }
        return line + 1;
    }

    private Instruction instruction(int line, String text) throws DockerfileException {
        String[] parts = text.split("\\s+", 2);
        Keyword keyword;
        try {
            keyword = Keyword.valueOf(parts[0].toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new DockerfileException(line, "there is no instruction " + Quoted.of(parts[0]) + ".");
        }
        String rest = parts.length == 2 ? parts[1] : "";
        Map<String, String> flags = new LinkedHashMap<>();
        while (rest.startsWith("--") && keyword != Keyword.RUN) {
            String[] flag = rest.split("\\s+", 2);
            String[] pair = flag[0].substring(2).split("=", 2);
            if (!keyword.flags().contains(pair[0]) || pair.length != 2 || pair[1].isEmpty()) {
                throw new DockerfileException(
                        line,
                        keyword + " does not take " + Quoted.of(flag[0]) + " here" + offered(keyword) + ".",
                        true);
            }
            flags.put(pair[0], pair[1]);
            rest = flag.length == 2 ? flag[1] : "";
        }
        if (rest.isEmpty()) {
            throw new DockerfileException(line, keyword + " needs something after it.");
        }
        boolean files = keyword == Keyword.COPY || keyword == Keyword.ADD;
        if (files && HERE_DOCUMENT.matcher(rest).find()) {
            throw new DockerfileException(
                    line, "here-documents are not taken: put the text into a file of the context and copy that.", true);
        }
        return new Instruction(line, keyword, flags, rest, escape);
    }

    private static String offered(Keyword keyword) {
        return keyword.flags().isEmpty()
                ? ""
                : "; it takes "
                        + String.join(
                                ", ",
                                keyword.flags().stream()
                                        .sorted()
                                        .map(f -> "--" + f + "=...")
                                        .toList());
    }
}
