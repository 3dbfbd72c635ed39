package io.jenkins.plugins.shera.nginx.imports;

import io.jenkins.plugins.shera.nginx.imports.ImportPlan.Fate;
import io.jenkins.plugins.shera.nginx.language.Parser;
import io.jenkins.plugins.shera.nginx.language.SourceFile;
import io.jenkins.plugins.shera.nginx.language.Statement;
import io.jenkins.plugins.shera.nginx.language.SyntaxException;
import io.jenkins.plugins.shera.nginx.language.Word;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Writes what was decided: files of people, and what the operator's files are to say afterwards. */
final class OwnFiles {
    private final ConfigTree tree;
    private final Map<Statement, Fate> fates;
    private final Set<Integer> routed;

    /**
     * With what becomes of each statement.
     *
     * @param routed ports at which routes answer for unknown hosts from then on
     */
    OwnFiles(ConfigTree tree, Map<Statement, Fate> fates, Set<Integer> routed) {
        this.tree = tree;
        this.fates = fates;
        this.routed = routed;
    }

    /** One for each file that something was taken from, in the order in which nginx read them. */
    SortedMap<String, String> files(List<Located> all) {
        Map<String, StringBuilder> bySource = new LinkedHashMap<>();
        for (Located each : all) {
            Fate fate = fates.get(each.statement());
            if (fate == Fate.STAYS) {
                continue;
            }
            StringBuilder text = bySource.computeIfAbsent(
                    each.file(), file -> new StringBuilder("# Taken over from " + file + ".\n"));
            if (fate == Fate.OWN_FILE) {
                text.append(new Located(each.file(), humble(each.statement())).text());
            } else {
                String comments = Texts.comments(each.statement());
                text.append(comments.isEmpty() ? "" : "\n" + comments);
            }
        }
        SortedMap<String, String> files = new TreeMap<>();
        bySource.forEach((source, text) -> {
            if (!source.equals(tree.main())) {
                StringBuilder last = new StringBuilder();
                Texts.lines(tree.trailing(source), last);
                text.append(last.length() == 0 ? "" : "\n" + last);
            }
            boolean says = text.indexOf("\n", text.indexOf("\n") + 1) >= 0 || text.indexOf(";") >= 0;
            if (says) {
                files.put(
                        name(files.size() + 1, source),
                        text.append(text.toString().endsWith("\n") ? "" : "\n").toString());
            }
        });
        return files;
    }

    /** Without the word by which it would be the default server of a port of routes. */
    private Statement humble(Statement server) {
        return server.name().equals("server") && server.block() != null && Ports.claims(server, routed)
                ? Texts.changed(server, each -> each.name().equals("listen"), words -> words.stream()
                        .filter(word -> !word.text().equals("default_server"))
                        .toList())
                : server;
    }

    private static String name(int number, String source) {
        String plain = source.substring(source.lastIndexOf('/') + 1)
                .replaceFirst("\\.conf$", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9_-]+", "-");
        String shortened = plain.length() > 40 ? plain.substring(0, 40) : plain;
        return "imported-" + String.format(Locale.ROOT, "%02d", number) + "-" + shortened + ".conf";
    }

    /**
     * What is left of each file that something was taken from.
     *
     * @param raw the statements as they stand in the files
     * @param all the same as they were judged, in the same order
     */
    SortedMap<String, String> stays(List<Located> raw, List<Located> all) {
        Map<String, Set<Word>> gone = new TreeMap<>();
        for (int i = 0; i < raw.size(); i++) {
            if (fates.get(all.get(i).statement()) != Fate.STAYS) {
                gone.computeIfAbsent(raw.get(i).file(), file -> new HashSet<>())
                        .add(raw.get(i).statement().words().get(0));
            }
        }
        SortedMap<String, String> stays = new TreeMap<>();
        gone.forEach((file, words) -> stays.put(file, left(file, raw, words)));
        return stays;
    }

    private String left(String file, List<Located> raw, Set<Word> gone) {
        if (file.equals(tree.main())) {
            return main(gone);
        }
        List<Statement> kept = new ArrayList<>();
        raw.stream()
                .filter(each -> each.file().equals(file)
                        && !gone.contains(each.statement().words().get(0)))
                .forEach(each -> kept.add(each.statement()));
        return kept.isEmpty() ? "" : Texts.shown(kept, tree.trailing(file)).stripLeading();
    }

    private String main(Set<Word> gone) {
        try {
            SourceFile read = Parser.parse(tree.main(), tree.files().get(tree.main()));
            List<Statement> kept = read.statements().stream()
                    .map(each -> each.name().equals("http")
                            ? Texts.without(
                                    each, inner -> gone.contains(inner.words().get(0)))
                            : each)
                    .toList();
            return Texts.shown(kept, read.trailing());
        } catch (SyntaxException e) {
            throw new IllegalStateException("it was read before", e);
        }
    }
}
