package io.jenkins.plugins.shera.harness.security;

import hudson.model.Hudson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.CodeSource;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.JarInputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;

/**
 * Which classes may be saved or sent: those of Jenkins and of plugins, those of jars whose manifest says
 * {@code Jenkins-ClassFilter-Whitelisted: true}, and the plain types listed in {@code known-types.txt}.
 */
public final class KnownTypes {
    private static final Set<String> LISTED = read();

    private final Map<String, Boolean> locations = new ConcurrentHashMap<>();
    private final ClassValue<Boolean> allowed = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            return decide(type);
        }
    };

    private static Set<String> read() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(KnownTypes.class.getResourceAsStream("known-types.txt")),
                StandardCharsets.UTF_8))) {
            return lines.lines()
                    .map(String::trim)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the class may pass. */
    public boolean allows(Class<?> type) {
        return allowed.get(type);
    }

    private boolean decide(Class<?> type) {
        if (type.isArray()) {
            return allows(type.getComponentType());
        }
        if (type.isPrimitive() || type.isInterface() || LISTED.contains(type.getName())) {
            return true;
        }
        if (Throwable.class.isAssignableFrom(type) || Enum.class.isAssignableFrom(type)) {
            return true;
        }
        String location = location(type);
        return location != null && locations.computeIfAbsent(location, KnownTypes::isTrusted);
    }

    /** Whether classes of that name are refused before they are even loaded. */
    public boolean refusesByName(String name) {
        return name.startsWith("sun.")
                || name.startsWith("com.sun.")
                || name.startsWith("org.apache.commons.collections.functors.")
                || name.startsWith("org.codehaus.groovy.runtime.")
                || name.startsWith("javax.imageio.");
    }

    /** Where the class was loaded from; null for the JDK. */
    public static String location(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        return source == null || source.getLocation() == null
                ? null
                : source.getLocation().toString();
    }

    private static boolean isTrusted(String location) {
        if (location.equals(KnownTypes.location(Hudson.class))) {
            return true;
        }
        if (location.endsWith("/")) {
            // classes of a build that runs its own tests
            return location.endsWith("/target/classes/") || location.endsWith("/target/test-classes/");
        }
        try (JarInputStream jar =
                new JarInputStream(URI.create(location).toURL().openStream())) {
            Manifest manifest = jar.getManifest();
            return manifest != null
                    && (manifest.getMainAttributes().getValue("Short-Name") != null
                            || "true".equals(manifest.getMainAttributes().getValue("Jenkins-ClassFilter-Whitelisted")));
        } catch (IOException e) {
            return false;
        }
    }
}
