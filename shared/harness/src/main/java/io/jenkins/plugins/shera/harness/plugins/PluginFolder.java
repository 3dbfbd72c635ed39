package io.jenkins.plugins.shera.harness.plugins;

import hudson.Util;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.logging.Logger;

/** Unpacks and loads the .hpi files of one folder, those that others need first. */
public final class PluginFolder {
    private static final Logger LOGGER = Logger.getLogger(PluginFolder.class.getName());

    /** Plugins whose types the harness itself stands in for. */
    private static final Set<String> STAND_INS = Set.of(
            "cloudbees-folder",
            "credentials",
            "credentials-binding",
            "matrix-auth",
            "pipeline-input-step",
            "pipeline-model-definition",
            "pipeline-stage-step",
            "plain-credentials",
            "script-security",
            "scm-api",
            "ssh-credentials",
            "structs",
            "workflow-api",
            "workflow-basic-steps",
            "workflow-cps",
            "workflow-durable-task-step",
            "workflow-job",
            "workflow-scm-step",
            "workflow-step-api",
            "workflow-support");

    private final File folder;
    private final ClassLoader core;

    /** @param core sees Jenkins itself */
    public PluginFolder(File folder, ClassLoader core) {
        this.folder = folder;
        this.core = core;
    }

    /** The plugins, loaded; one that lacks another is logged and left out. */
    public List<InstalledPlugin> load() throws IOException {
        File[] archives = folder.listFiles((dir, name) -> name.endsWith(".hpi") || name.endsWith(".jpi"));
        if (archives == null) {
            return List.of();
        }
        Arrays.sort(archives);
        Map<String, InstalledPlugin> waiting = new LinkedHashMap<>();
        for (File archive : archives) {
            InstalledPlugin plugin = unpack(archive);
            waiting.put(plugin.name(), plugin);
        }
        Map<String, InstalledPlugin> loaded = new LinkedHashMap<>();
        boolean progress = true;
        while (progress) {
            progress = false;
            for (InstalledPlugin plugin : List.copyOf(waiting.values())) {
                if (plugin.dependencies().entrySet().stream()
                        .allMatch(need -> isMet(need.getKey(), need.getValue(), waiting, loaded))) {
                    plugin.loader(loader(plugin, loaded));
                    waiting.remove(plugin.name());
                    loaded.put(plugin.name(), plugin);
                    progress = true;
                }
            }
        }
        for (InstalledPlugin plugin : waiting.values()) {
            LOGGER.severe(() -> "Failed to load the plugin " + plugin.name() + ": it needs "
                    + plugin.dependencies().keySet().stream()
                            .filter(need -> !loaded.containsKey(need) && !STAND_INS.contains(need))
                            .toList());
        }
        return List.copyOf(loaded.values());
    }

    private static boolean isMet(
            String need, boolean optional, Map<String, InstalledPlugin> waiting, Map<String, InstalledPlugin> loaded) {
        return loaded.containsKey(need) || (!waiting.containsKey(need) && (optional || STAND_INS.contains(need)));
    }

    private ClassLoader loader(InstalledPlugin plugin, Map<String, InstalledPlugin> loaded) throws IOException {
        List<ClassLoader> needs = new ArrayList<>();
        for (String need : plugin.dependencies().keySet()) {
            if (loaded.containsKey(need)) {
                needs.add(loaded.get(need).loader());
            }
        }
        ClassLoader parent = needs.isEmpty() ? core : new LoaderGroup(core, needs);
        return plugin.isPluginFirst()
                ? new PluginFirstLoader(plugin.classPath(), parent)
                : new URLClassLoader(plugin.name(), plugin.classPath(), parent);
    }

    private InstalledPlugin unpack(File archive) throws IOException {
        try (JarFile jar = new JarFile(archive)) {
            Manifest manifest = jar.getManifest();
            String name = manifest == null ? null : manifest.getMainAttributes().getValue("Short-Name");
            if (name == null || !name.matches("[A-Za-z0-9._-]+") || name.startsWith(".")) {
                throw new IOException(archive + " is no plugin: its manifest has no Short-Name");
            }
            File target = new File(folder, name);
            File stamp = new File(target, ".timestamp2");
            if (!stamp.exists() || stamp.lastModified() != archive.lastModified()) {
                Util.deleteRecursive(target);
                extract(jar, target.toPath().toAbsolutePath().normalize());
                Files.createFile(stamp.toPath());
                if (!stamp.setLastModified(archive.lastModified())) {
                    throw new IOException("cannot set the time of " + stamp);
                }
            }
            return new InstalledPlugin(archive, target, manifest);
        }
    }

    private static void extract(JarFile jar, Path target) throws IOException {
        Files.createDirectories(target);
        for (JarEntry entry : Collections.list(jar.entries())) {
            Path file = target.resolve(entry.getName()).normalize();
            if (!file.startsWith(target)) {
                throw new IOException(jar.getName() + " has an entry outside itself: " + entry.getName());
            }
            if (entry.isDirectory()) {
                Files.createDirectories(file);
            } else {
                Files.createDirectories(file.getParent());
                try (InputStream in = jar.getInputStream(entry)) {
                    Files.copy(in, file);
                }
            }
        }
    }
}
