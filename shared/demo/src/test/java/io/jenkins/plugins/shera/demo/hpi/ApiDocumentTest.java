package io.jenkins.plugins.shera.demo.hpi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kohsuke.stapler.WebMethod;
import org.kohsuke.stapler.interceptor.RequirePOST;
import org.kohsuke.stapler.verb.GET;

/** The OpenAPI parts of the packed plugins describe each web method, by class and name, and nothing that is not there. */
class ApiDocumentTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** The door of the daemons: its protocol is no API for people, and docs/nginx.md has it. */
    private static final String DAEMONS = "KubengDoor";

    @TempDir
    Path folder;

    @Test
    void describesEveryWebMethodAndNoOther() throws Exception {
        Set<String> there = new TreeSet<>();
        Set<String> described = new TreeSet<>();
        for (BuiltPlugin plugin : BuiltPlugin.all()) {
            for (JavaMethod method : webMethods(plugin)) {
                there.add(method.getOwner().getSimpleName() + "." + nameOf(method));
            }
            for (JsonNode operation : operations(plugin)) {
                assertThat(described.add(operation.path("operationId").asText()))
                        .as(operation.path("operationId").asText() + " stands twice")
                        .isTrue();
                assertThat(operation.path("summary").asText()).isNotEmpty();
            }
        }
        described.removeIf(id -> id.endsWith(".api"));
        assertThat(described).isEqualTo(there);
    }

    private static List<JsonNode> operations(BuiltPlugin plugin) throws IOException {
        List<JsonNode> operations = new ArrayList<>();
        for (String text : plugin.texts("openapi.json").values()) {
            for (JsonNode path : JSON.readTree(text).path("paths")) {
                path.properties().stream()
                        .filter(each -> !each.getKey().equals("parameters"))
                        .forEach(each -> operations.add(each.getValue()));
            }
        }
        assertThat(operations).as(plugin.name()).isNotEmpty();
        return operations;
    }

    private List<JavaMethod> webMethods(BuiltPlugin plugin) throws IOException {
        Path jar = folder.resolve(plugin.name() + ".jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (Map.Entry<String, byte[]> entry : plugin.ownJar().entrySet()) {
                if (entry.getKey().endsWith(".class")) {
                    out.putNextEntry(new ZipEntry(entry.getKey()));
                    out.write(entry.getValue());
                }
            }
        }
        JavaClasses classes = new ClassFileImporter().importJar(new JarFile(jar.toFile()));
        return classes.stream()
                .filter(type -> !type.getSimpleName().equals(DAEMONS))
                .flatMap(type -> type.getMethods().stream())
                .filter(method -> method.isAnnotatedWith(RequirePOST.class) || method.isAnnotatedWith(GET.class))
                .filter(method -> !method.getName().equals("doIndex"))
                .toList();
    }

    private static String nameOf(JavaMethod method) {
        return method.tryGetAnnotationOfType(WebMethod.class)
                .map(given -> given.name()[0])
                .orElseGet(() -> method.getName().substring(2, 3).toLowerCase(java.util.Locale.ENGLISH)
                        + method.getName().substring(3));
    }
}
