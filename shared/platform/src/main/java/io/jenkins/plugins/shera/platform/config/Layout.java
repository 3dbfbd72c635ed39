package io.jenkins.plugins.shera.platform.config;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Where the files of one kind lie: a path below the store's root with a star for each part of a key. */
final class Layout {

    static final Layout TENANTS = new Layout("tenants", "*", "tenant.xml");
    static final Layout APPLICATIONS = new Layout("tenants", "*", "applications", "*", "application.xml");
    static final Layout CLUSTERS = new Layout("clusters", "*", "cluster.xml");
    static final Layout REGISTRIES = new Layout("registries", "*", "registry.xml");

    private final String[] parts;

    private Layout(String... parts) {
        this.parts = parts;
    }

    /** The file of a key such as {@code payments/checkout}. */
    Path fileOf(Path root, String key) {
        String[] names = key.split("/");
        Path file = root;
        int used = 0;
        for (String part : parts) {
            file = file.resolve(part.equals("*") ? names[used++] : part);
        }
        return file;
    }

    /** The key a file stands for. */
    String keyOf(Path root, Path file) {
        List<String> names = new ArrayList<>();
        Path relative = root.relativize(file);
        for (int i = 0; i < parts.length; i++) {
            if (parts[i].equals("*")) {
                names.add(relative.getName(i).toString());
            }
        }
        return String.join("/", names);
    }

    /** Every file of this kind, in the order of names. */
    List<Path> files(Path root) throws IOException {
        List<Path> found = List.of(root);
        for (String part : parts) {
            List<Path> next = new ArrayList<>();
            for (Path folder : found) {
                if (part.equals("*")) {
                    if (Files.isDirectory(folder)) {
                        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, Files::isDirectory)) {
                            entries.forEach(next::add);
                        }
                    }
                } else if (Files.exists(folder.resolve(part))) {
                    next.add(folder.resolve(part));
                }
            }
            next.sort(null);
            found = next;
        }
        return found;
    }
}
