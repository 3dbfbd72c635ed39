package io.jenkins.plugins.shera.nginx.render;

import io.jenkins.plugins.shera.nginx.language.Change;
import io.jenkins.plugins.shera.nginx.language.Comparison;
import io.jenkins.plugins.shera.nginx.language.Parser;
import io.jenkins.plugins.shera.nginx.language.SourceFile;
import io.jenkins.plugins.shera.nginx.language.SyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** What lies on a node against what was rendered for it. */
public final class Readback {
    private Readback() {}

    /** What somebody else changed, one line each, beginning with the file; empty when the bytes are the same. */
    public static List<String> changes(Map<String, byte[]> intended, Map<String, byte[]> found) {
        List<String> changes = new ArrayList<>();
        TreeSet<String> names = new TreeSet<>(intended.keySet());
        names.addAll(found.keySet());
        for (String name : names) {
            byte[] ours = intended.get(name);
            byte[] theirs = found.get(name);
            if (ours == null) {
                changes.add(name + ": this file is not ours");
            } else if (theirs == null) {
                changes.add(name + ": the file is missing");
            } else if (!Arrays.equals(ours, theirs)) {
                changes.addAll(name.endsWith(".conf") ? inside(name, ours, theirs) : List.of(name + ": edited"));
            }
        }
        return changes;
    }

    private static List<String> inside(String name, byte[] ours, byte[] theirs) {
        SourceFile before;
        SourceFile after;
        try {
            before = Parser.parse(name, text(ours));
            after = Parser.parse(name, text(theirs));
        } catch (SyntaxException e) {
            return List.of(name + ": " + e.getMessage());
        }
        List<Change> changes = Comparison.between(before, after);
        return changes.isEmpty()
                ? List.of(name + ": only comments, layout or order changed")
                : changes.stream().map(change -> name + ": " + change).toList();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
