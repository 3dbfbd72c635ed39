package io.jenkins.plugins.shera.nginx.site;

import io.jenkins.plugins.shera.nginx.language.Directive;
import io.jenkins.plugins.shera.nginx.language.Directive.Entry;
import io.jenkins.plugins.shera.nginx.language.Emitter;
import io.jenkins.plugins.shera.nginx.render.Fingerprint;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The files of a set as they lie on a node, in a folder with generations of its own: those of people, {@code site.txt} with the fingerprint
 * of each, and {@code 00-shera-site.conf}, by which the workers tell which set they serve.
 */
public final class SiteFiles {
    /** The file whose fingerprint the workers tell. */
    public static final String PROOF = "site.txt";

    /** Path of the version server that tells it. */
    public static final String ENDPOINT = "/site";

    private static final String VERSION = "00-shera-site.conf";

    private SiteFiles() {}

    /** Renders the set; the same files give the same bytes. */
    public static SortedMap<String, byte[]> render(Map<String, String> files) {
        SortedMap<String, byte[]> rendered = new TreeMap<>();
        StringBuilder list = new StringBuilder();
        new TreeMap<>(files).forEach((name, text) -> {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            rendered.put(name, bytes);
            list.append(Fingerprint.of(bytes)).append(' ').append(name).append('\n');
        });
        byte[] proof = list.toString().getBytes(StandardCharsets.UTF_8);
        rendered.put(PROOF, proof);
        Directive version =
                Directive.mapOf("$host", "$shera_site", List.of(Entry.of("default", Fingerprint.of(proof))));
        rendered.put(VERSION, Emitter.emit(List.of(version)).getBytes(StandardCharsets.UTF_8));
        return rendered;
    }

    /** The files of people among those that lie on a node. */
    public static SortedMap<String, String> read(Map<String, byte[]> found) {
        SortedMap<String, String> files = new TreeMap<>();
        found.forEach((name, bytes) -> {
            if (name.endsWith(".conf") && !name.equals(VERSION)) {
                files.put(name, new String(bytes, StandardCharsets.UTF_8));
            }
        });
        return files;
    }

    /** What a hand changed since they were put there, one line each. */
    public static List<String> changes(Map<String, byte[]> found) {
        List<String> changes = new ArrayList<>();
        Map<String, String> listed = listed(found);
        listed.forEach((name, fingerprint) -> {
            byte[] bytes = found.get(name);
            if (bytes == null) {
                changes.add("site/" + name + ": the file is missing");
            } else if (!Fingerprint.of(bytes).equals(fingerprint)) {
                changes.add("site/" + name + ": edited");
            }
        });
        read(found).keySet().stream()
                .filter(name -> !listed.containsKey(name))
                .forEach(name -> changes.add("site/" + name + ": this file is not ours"));
        return changes;
    }

    /** Names of the files that a hand edited, added or took away since they were put there. */
    public static SortedSet<String> touched(Map<String, byte[]> found) {
        Map<String, String> listed = listed(found);
        SortedSet<String> names = new TreeSet<>(listed.keySet());
        names.addAll(read(found).keySet());
        names.removeIf(name ->
                found.get(name) != null && Fingerprint.of(found.get(name)).equals(listed.get(name)));
        return names;
    }

    private static Map<String, String> listed(Map<String, byte[]> found) {
        Map<String, String> listed = new TreeMap<>();
        byte[] proof = found.get(PROOF);
        if (proof != null) {
            new String(proof, StandardCharsets.UTF_8).lines().forEach(line -> {
                int space = line.indexOf(' ');
                if (space > 0) {
                    listed.put(line.substring(space + 1), line.substring(0, space));
                }
            });
        }
        return listed;
    }
}
