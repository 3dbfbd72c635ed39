package io.jenkins.plugins.shera.terminal.pack;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import com.github.difflib.algorithm.myers.MyersDiffWithLinearSpace;
import com.github.difflib.patch.Patch;
import java.util.ArrayList;
import java.util.List;

/** What changed in one text file, as {@code git apply} and {@code patch} take it. */
final class FilePatch {
    private static final int CONTEXT = 3;
    /** Lines of both sides together; a comparison of more could take very long. */
    private static final int MOST_LINES = 20_000;

    private static final String NO_END = "\n\\ No newline at end of file";

    private FilePatch() {}

    /** Whether two texts are few enough lines to be compared. */
    static boolean canCompare(String before, String after) {
        return before.chars().filter(c -> c == '\n').count()
                        + after.chars().filter(c -> c == '\n').count()
                <= MOST_LINES;
    }

    /**
     * The change of a file.
     *
     * @param name path without a slash at its beginning
     * @param before null when there was none
     * @param after null when there is none any more
     * @param mode permissions of the file
     */
    static String of(String name, String before, String after, int mode) {
        String kind = (mode & 0111) == 0 ? "100644" : "100755";
        StringBuilder text = new StringBuilder("diff --git a/" + name + " b/" + name + "\n");
        if (before == null) {
            text.append("new file mode " + kind + "\n");
        } else if (after == null) {
            text.append("deleted file mode " + kind + "\n");
        }
        List<String> old = lines(before);
        List<String> now = lines(after);
        if (old.equals(now)) {
            return text.toString();
        }
        // GNU patch ends a name with spaces at a tab.
        String end = name.contains(" ") ? "\t\n" : "\n";
        text.append("--- " + (before == null ? "/dev/null\n" : "a/" + name + end));
        text.append("+++ " + (after == null ? "/dev/null\n" : "b/" + name + end));
        if (old.isEmpty()) {
            all(text, "@@ -0,0 +1," + now.size() + " @@\n", '+', now);
        } else if (now.isEmpty()) {
            all(text, "@@ -1," + old.size() + " +0,0 @@\n", '-', old);
        } else {
            Patch<String> patch = DiffUtils.diff(
                    old, now, MyersDiffWithLinearSpace.<String>factory().create());
            List<String> said = UnifiedDiffUtils.generateUnifiedDiff("a", "b", old, patch, CONTEXT);
            lostFirst(said.subList(2, said.size()))
                    .forEach(line -> text.append(line).append('\n'));
        }
        return text.toString();
    }

    /** Of lines that take the place of others, those that go come first, as people are used to read it. */
    private static List<String> lostFirst(List<String> lines) {
        List<String> ordered = new ArrayList<>();
        List<String> come = new ArrayList<>();
        for (String line : lines) {
            if (line.startsWith("+")) {
                come.add(line);
                continue;
            }
            if (!line.startsWith("-")) {
                ordered.addAll(come);
                come.clear();
            }
            ordered.add(line);
        }
        ordered.addAll(come);
        return ordered;
    }

    private static void all(StringBuilder text, String head, char sign, List<String> lines) {
        text.append(head);
        lines.forEach(line -> text.append(sign).append(line).append('\n'));
    }

    /** A last line without an end is another than one with it, and says so. */
    private static List<String> lines(String text) {
        List<String> lines = new ArrayList<>();
        if (text == null || text.isEmpty()) {
            return lines;
        }
        int at = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', at)) {
            lines.add(text.substring(at, end));
            at = end + 1;
        }
        if (at < text.length()) {
            lines.add(text.substring(at) + NO_END);
        }
        return lines;
    }
}
