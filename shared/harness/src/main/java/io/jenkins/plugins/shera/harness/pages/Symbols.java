package io.jenkins.plugins.shera.harness.pages;

import hudson.PluginWrapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jenkins.model.Jenkins;

/** {@code symbol-NAME} and {@code symbol-NAME plugin-ID}: the SVG in {@code images/symbols} of the host or of the plugin. */
final class Symbols {
    private static final Pattern SOURCE = Pattern.compile("symbol-([\\w-]+)(?:\\s+plugin-([\\w-]+))?");
    private static final Pattern ROOT = Pattern.compile("<svg\\b");
    private static final Pattern OWN_MARKS = Pattern.compile("(?s)<\\?xml.*?\\?>|<!--.*?-->|<title>.*?</title>");
    private static final String MISSING = "<svg viewBox=\"0 0 24 24\" aria-hidden=\"true\"></svg>";
    private static final Map<String, String> KNOWN = new ConcurrentHashMap<>();

    private Symbols() {}

    /** The SVG with these attributes; an image tag for a path; nothing for no source. */
    static String markup(String source, String attributes) {
        if (source == null || source.isEmpty()) {
            return "";
        }
        Matcher symbol = SOURCE.matcher(source.trim());
        if (!symbol.matches()) {
            return "<img src=\"" + HostPage.escape(source) + "\"" + attributes + ">";
        }
        String svg = KNOWN.computeIfAbsent(source.trim(), s -> load(symbol.group(1), symbol.group(2)));
        return ROOT.matcher(svg).replaceFirst(Matcher.quoteReplacement("<svg aria-hidden=\"true\"" + attributes));
    }

    private static String load(String name, String plugin) {
        String path = "images/symbols/" + name + ".svg";
        ClassLoader loader = Symbols.class.getClassLoader();
        if (plugin != null) {
            PluginWrapper installed = Jenkins.get().getPluginManager().getPlugin(plugin);
            loader = installed == null ? Jenkins.get().getPluginManager().uberClassLoader : installed.classLoader;
        }
        try (InputStream in = loader.getResourceAsStream(path)) {
            if (in == null) {
                return MISSING;
            }
            String svg = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return OWN_MARKS.matcher(svg).replaceAll("").trim();
        } catch (IOException e) {
            throw new IllegalStateException("Cannot read " + path + ": " + e.getMessage(), e);
        }
    }
}
