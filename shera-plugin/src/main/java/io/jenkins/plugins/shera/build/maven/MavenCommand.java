package io.jenkins.plugins.shera.build.maven;

import io.jenkins.plugins.shera.build.source.Revision;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** A Maven command as people write it, {@code mvn -q clean package -Dx='a b'}, in words; nothing in it is expanded. */
public final class MavenCommand implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int LONGEST = 8000;
    private static final String TIME = "-Dproject.build.outputTimestamp=";

    private final ArrayList<String> words;
    private final Program program;

    /** What is started. */
    private enum Program {
        MAVEN,
        WRAPPER,
        WHAT_IS_THERE
    }

    private MavenCommand(ArrayList<String> words, Program program) {
        this.words = words;
        this.program = program;
    }

    /** Reads a command; {@code mvn} or {@code ./mvnw} at its beginning choose the program, else the wrapper goes first. */
    public static MavenCommand parse(String command) {
        if (command.length() > LONGEST || command.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(
                    "The Maven command is longer than " + LONGEST + " characters or holds a NUL: shorten it.");
        }
        ArrayList<String> words = split(command);
        Program program = Program.WHAT_IS_THERE;
        if (!words.isEmpty() && words.get(0).equals("mvn")) {
            program = Program.MAVEN;
            words.remove(0);
        } else if (!words.isEmpty()
                && (words.get(0).equals("./mvnw") || words.get(0).equals("mvnw"))) {
            program = Program.WRAPPER;
            words.remove(0);
        }
        if (words.isEmpty()) {
            throw new IllegalArgumentException("The Maven command names no goal: give it like mvn -q package.");
        }
        for (String word : words) {
            if (word.matches("&&?|\\|\\|?|;|>|<|>>")) {
                throw new IllegalArgumentException(
                        "The Maven command holds '" + word + "', which only a shell understands,"
                                + " and none is used: give one Maven command, and use sh for the rest.");
            }
        }
        return new MavenCommand(words, program);
    }

    /** Its words, without the program. */
    public List<String> words() {
        return List.copyOf(words);
    }

    /** The same with more words after it. */
    public MavenCommand with(List<String> more) {
        ArrayList<String> all = new ArrayList<>(words);
        all.addAll(more);
        return new MavenCommand(all, program);
    }

    private static ArrayList<String> split(String command) {
        ArrayList<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        char quote = 0;
        boolean inWord = false;
        for (char c : command.toCharArray()) {
            if (quote == 0 && Character.isWhitespace(c)) {
                if (inWord) {
                    words.add(word.toString());
                }
                word.setLength(0);
                inWord = false;
            } else if (quote == 0 && (c == '"' || c == '\'')) {
                quote = c;
                inWord = true;
            } else if (quote == c) {
                quote = 0;
            } else {
                word.append(c);
                inWord = true;
            }
        }
        if (quote != 0) {
            throw new IllegalArgumentException("A quote " + quote + " in the Maven command is not closed.");
        }
        if (inWord) {
            words.add(word.toString());
        }
        return words;
    }

    /**
     * The argument vector; archives get the commit's time, so that the same commit gives the same bytes.
     *
     * @param wrapper whether the workspace has {@code mvnw}
     */
    public List<String> arguments(boolean wrapper, Revision revision) {
        if (program == Program.WRAPPER && !wrapper) {
            throw new IllegalArgumentException("The Maven command asks for ./mvnw, and the source has none: use mvn.");
        }
        List<String> arguments = new ArrayList<>();
        if (program == Program.WRAPPER || program == Program.WHAT_IS_THERE && wrapper) {
            // By sh, as a checkout made from Windows may lack the executable bit.
            arguments.addAll(List.of("sh", "./mvnw"));
        } else {
            arguments.add("mvn");
        }
        arguments.add("-B");
        // A build log is text: no escape sequences for colours.
        arguments.add("-Dstyle.color=never");
        if (!revision.commit().isEmpty() && words.stream().noneMatch(word -> word.startsWith(TIME))) {
            arguments.add(TIME + revision.committedAt());
        }
        arguments.addAll(words);
        return arguments;
    }
}
