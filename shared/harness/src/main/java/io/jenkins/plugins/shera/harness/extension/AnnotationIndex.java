package io.jenkins.plugins.shera.harness.extension;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Reads {@code META-INF/services/annotations/<annotation>}: which classes carry an indexed annotation. */
public final class AnnotationIndex {
    private static final Logger LOGGER = Logger.getLogger(AnnotationIndex.class.getName());

    private AnnotationIndex() {}

    /** The classes that carry the annotation on themselves or on a member; one that cannot be loaded is logged. */
    public static List<Class<?>> classes(Class<? extends Annotation> annotation, ClassLoader loader)
            throws IOException {
        Set<String> names = new LinkedHashSet<>();
        Enumeration<URL> files = loader.getResources("META-INF/services/annotations/" + annotation.getName());
        while (files.hasMoreElements()) {
            URLConnection connection = files.nextElement().openConnection();
            connection.setUseCaches(false);
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8))) {
                lines.lines().map(String::trim).filter(line -> !line.isEmpty()).forEach(names::add);
            }
        }
        List<Class<?>> classes = new ArrayList<>();
        for (String name : names) {
            try {
                classes.add(loader.loadClass(name));
            } catch (ClassNotFoundException | LinkageError e) {
                LOGGER.log(Level.FINE, "Cannot load " + name + ", listed as carrying @" + annotation.getName(), e);
            }
        }
        return classes;
    }

    /** The static methods that carry the annotation. */
    public static List<Method> methods(Class<? extends Annotation> annotation, ClassLoader loader) throws IOException {
        List<Method> methods = new ArrayList<>();
        for (Class<?> type : classes(annotation, loader)) {
            for (Method method : type.getDeclaredMethods()) {
                if (method.isAnnotationPresent(annotation)) {
                    method.setAccessible(true);
                    methods.add(method);
                }
            }
        }
        methods.sort(Comparator.comparing((Method m) -> m.getDeclaringClass().getName())
                .thenComparing(Method::getName));
        return methods;
    }
}
