package io.jenkins.plugins.shera.terminal.pack;

import io.jenkins.plugins.shera.oci.layer.EntryNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which of a container's changes go into the image. */
public final class Choice {
    private static final Set<String> CONFIG_ENDINGS =
            Set.of("conf", "cfg", "cnf", "config", "ini", "json", "properties", "toml", "xml", "yaml", "yml");

    private final TreeMap<String, ContainerFile> files;
    private final List<String> deletions;

    private Choice(TreeMap<String, ContainerFile> files, List<String> deletions) {
        this.files = files;
        this.deletions = List.copyOf(deletions);
    }

    /** The ready set of all that was changed, added and deleted. */
    public static Choice everything(Changes changes) {
        return new Choice(new TreeMap<>(changes.changed()), changes.deleted());
    }

    /** The ready set of configuration: what is below {@code etc}, and files anywhere that end as configuration does; no deletion. */
    public static Choice configOnly(Changes changes) {
        TreeMap<String, ContainerFile> files = new TreeMap<>();
        changes.changed().forEach((name, file) -> {
            if (isConfig(name) && file.kind() != io.jenkins.plugins.shera.oci.layer.TarEntry.Kind.FOLDER) {
                files.put(name, file);
            }
        });
        return new Choice(files, List.of());
    }

    private static boolean isConfig(String name) {
        String last = EntryNames.last(name);
        String ending = last.substring(last.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        boolean temporary = name.startsWith("tmp/") || name.startsWith("run/") || name.startsWith("var/");
        return name.startsWith("etc/") || !temporary && last.contains(".") && CONFIG_ENDINGS.contains(ending);
    }

    /**
     * Chosen paths, each with a slash at its beginning; a folder stands for all changes below it.
     *
     * @throws PackException when nothing was changed at one of them
     */
    public static Choice paths(Changes changes, List<String> paths) throws PackException {
        TreeMap<String, ContainerFile> files = new TreeMap<>();
        TreeSet<String> deletions = new TreeSet<>();
        List<String> nothing = new ArrayList<>();
        for (String path : paths) {
            String name = path.replaceAll("^/+|/+$", "");
            int before = files.size() + deletions.size();
            boolean known = files.containsKey(name);
            for (Map.Entry<String, ContainerFile> each : changes.changed().entrySet()) {
                if (isAt(each.getKey(), name)) {
                    known = true;
                    files.put(each.getKey(), each.getValue());
                }
            }
            for (String gone : changes.deleted()) {
                if (isAt(gone, name)) {
                    known = true;
                    deletions.add(gone);
                }
            }
            if (!known && before == files.size() + deletions.size()) {
                nothing.add(path);
            }
        }
        if (!nothing.isEmpty()) {
            throw new PackException(Messages._Choice_nothing(String.join(", ", nothing)));
        }
        return new Choice(files, List.copyOf(deletions));
    }

    private static boolean isAt(String name, String path) {
        return path.isEmpty() || name.equals(path) || name.startsWith(path + "/");
    }

    /** The files by name, among them folders and links. */
    public Map<String, ContainerFile> files() {
        return java.util.Collections.unmodifiableMap(files);
    }

    /** Names the image is to lose. */
    public List<String> deletions() {
        return deletions;
    }

    /** The choice without these paths, each with a slash at its beginning; a folder stands for all below it. */
    public Choice excluding(List<String> paths) {
        List<String> names =
                paths.stream().map(path -> path.replaceAll("^/+|/+$", "")).toList();
        TreeMap<String, ContainerFile> rest = new TreeMap<>(files);
        rest.keySet().removeIf(name -> names.stream().anyMatch(out -> isAt(name, out)));
        List<String> gone = deletions.stream()
                .filter(name -> names.stream().noneMatch(out -> isAt(name, out)))
                .toList();
        return new Choice(rest, gone);
    }

    /** The choice without these names. */
    Choice without(Set<String> names) {
        TreeMap<String, ContainerFile> rest = new TreeMap<>(files);
        rest.keySet().removeAll(names);
        return new Choice(rest, deletions);
    }

    /** Bytes of all chosen files. */
    public long bytes() {
        return files.values().stream()
                .filter(file -> file.kind() == io.jenkins.plugins.shera.oci.layer.TarEntry.Kind.FILE)
                .mapToLong(ContainerFile::size)
                .sum();
    }
}
