package io.jenkins.plugins.shera.harness.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.shera.harness.plugins.InstalledPlugin;
import io.jenkins.plugins.shera.harness.plugins.LoaderGroup;
import io.jenkins.plugins.shera.harness.plugins.PluginFolder;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Built plugins are loaded as Jenkins loads them: Jenkins first, unless the manifest says otherwise. */
class PluginFolderTest {
    @TempDir
    Path home;

    @Test
    void letsAPluginSeeThoseItNeedsAndNoOthers() throws Exception {
        hpi("base", null, false, "pack/Base", "package pack; public class Base {}");
        hpi("user", "base:1.0", false, "use/User", "package use; public class User extends pack.Base {}");
        hpi(
                "stranger",
                "credentials:1,missing:1;resolution:=optional",
                false,
                "far/Far",
                "package far; public class Far {}");
        Map<String, InstalledPlugin> plugins = load();
        assertThat(plugins.keySet()).containsExactly("base", "stranger", "user");
        assertThat(plugins.get("user").loader().loadClass("use.User").getSuperclass())
                .isSameAs(plugins.get("base").loader().loadClass("pack.Base"));
        assertThatThrownBy(() -> plugins.get("stranger").loader().loadClass("pack.Base"))
                .isInstanceOf(ClassNotFoundException.class);
    }

    @Test
    void leavesOutAPluginThatLacksAnother() throws Exception {
        hpi("alone", "absent:2.0", false, "a/A", "package a; public class A {}");
        assertThat(load()).isEmpty();
    }

    @Test
    void prefersJenkinsUnlessTheManifestSaysOtherwise() throws Exception {
        String shadow = "package org.awaitility; public class Awaitility {}";
        hpi("ordinary", null, false, "org/awaitility/Awaitility", shadow);
        hpi("first", null, true, "org/awaitility/Awaitility", shadow);
        Map<String, InstalledPlugin> plugins = load();
        Class<?> core = org.awaitility.Awaitility.class;
        assertThat(plugins.get("ordinary").loader().loadClass(core.getName())).isSameAs(core);
        assertThat(plugins.get("first").loader().loadClass(core.getName())).isNotSameAs(core);
    }

    @Test
    void findsTheClassesAndIndexesOfAllPlugins() throws Exception {
        hpi("base", null, false, "pack/Base", "package pack; public class Base {}");
        hpi("user", "base:1.0", true, "use/User", "package use; public class User extends pack.Base {}");
        ClassLoader all = new LoaderGroup(
                getClass().getClassLoader(),
                load().values().stream().map(InstalledPlugin::loader).toList());
        assertThat(all.loadClass("use.User").getSuperclass()).isSameAs(all.loadClass("pack.Base"));
        assertThat(Collections.list(all.getResources("index-of-test"))).hasSize(2);
    }

    private Map<String, InstalledPlugin> load() throws IOException {
        Map<String, InstalledPlugin> byName = new TreeMap<>();
        for (InstalledPlugin plugin : new PluginFolder(home.toFile(), getClass().getClassLoader()).load()) {
            byName.put(plugin.manifest().getMainAttributes().getValue("Short-Name"), plugin);
        }
        return byName;
    }

    private void hpi(String name, String needs, boolean first, String type, String source) throws IOException {
        Path work = Files.createDirectories(home.resolve("sources").resolve(name));
        Path file = work.resolve(type + ".java");
        Files.createDirectories(file.getParent());
        Files.writeString(file, source);
        String path = System.getProperty("java.class.path") + File.pathSeparator + home.resolve("sources/base");
        int code = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-proc:none", "-d", work.toString(), "-cp", path, file.toString());
        assertThat(code).isZero();
        ByteArrayOutputStream jar = new ByteArrayOutputStream();
        try (JarOutputStream out = new JarOutputStream(jar)) {
            entry(out, type + ".class", Files.readAllBytes(work.resolve(type + ".class")));
            entry(out, "index-of-test", name.getBytes(StandardCharsets.UTF_8));
        }
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().putValue("Manifest-Version", "1.0");
        manifest.getMainAttributes().putValue("Short-Name", name);
        manifest.getMainAttributes().putValue("PluginFirstClassLoader", Boolean.toString(first));
        if (needs != null) {
            manifest.getMainAttributes().putValue("Plugin-Dependencies", needs);
        }
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(home.resolve(name + ".hpi")), manifest)) {
            entry(out, "WEB-INF/lib/" + name + ".jar", jar.toByteArray());
        }
    }

    private static void entry(JarOutputStream out, String name, byte[] content) throws IOException {
        out.putNextEntry(new JarEntry(name));
        out.write(content);
        out.closeEntry();
    }
}
