package io.jenkins.plugins.shera.demo.hpi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** What Jenkins finds by an index stands in it, and what a sandboxed script may call is marked so. */
class IndexTest {
    private static final String WHITELISTED = "org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted";
    private static final Set<String> INDEXED = Set.of(
            "org.jenkinsci.Symbol",
            "hudson.init.Initializer",
            "hudson.init.Terminator",
            "hudson.cli.declarative.CLIMethod");

    @Test
    void listsEveryClassThatJenkinsShallFind() throws IOException {
        List<String> found = new ArrayList<>();
        for (BuiltPlugin plugin : BuiltPlugin.all()) {
            Map<String, byte[]> jar = plugin.ownJar();
            for (Described type : classes(jar)) {
                for (String annotation : type.annotations) {
                    if (annotation.equals("hudson.Extension")) {
                        assertThat(index(jar, "META-INF/annotations/" + annotation))
                                .as(plugin + ": " + annotation)
                                .contains(type.name);
                        found.add(type.name);
                    } else if (INDEXED.contains(annotation)) {
                        assertThat(index(jar, "META-INF/services/annotations/" + annotation)
                                        .lines())
                                .as(plugin + ": " + annotation)
                                .containsAnyOf(type.name, type.name.replace('$', '.'));
                        found.add(type.name);
                    }
                }
            }
        }
        assertThat(found)
                .contains(
                        "io.jenkins.plugins.shera.platform.config.SheraConfiguration",
                        "io.jenkins.plugins.shera.build.steps.BuildImageStep$DescriptorImpl",
                        "io.jenkins.plugins.shera.deploy.steps.DeployApplicationStep$DescriptorImpl",
                        "io.jenkins.plugins.shera.nginx.steps.PublishRouteStep$DescriptorImpl");
    }

    @Test
    void letsASandboxedScriptReadEverythingOfAResult() throws IOException {
        List<String> results = new ArrayList<>();
        for (BuiltPlugin plugin : BuiltPlugin.all()) {
            for (Described type : classes(plugin.ownJar())) {
                if (type.name.contains(".steps.")
                        && type.members.values().stream().anyMatch(open -> open)) {
                    assertThat(type.interfaces).as(type.name).contains("java/io/Serializable");
                    assertThat(type.members).as(type.name).doesNotContainValue(false);
                    results.add(type.name.substring(type.name.lastIndexOf('.') + 1));
                }
            }
        }
        assertThat(results).contains("ImageResult", "DeploymentResult", "PublishedRoute");
    }

    private static String index(Map<String, byte[]> jar, String path) {
        assertThat(jar).containsKey(path);
        return new String(jar.get(path), StandardCharsets.UTF_8);
    }

    private static List<Described> classes(Map<String, byte[]> jar) {
        List<Described> types = new ArrayList<>();
        jar.forEach((path, bytes) -> {
            if (path.endsWith(".class")) {
                Described type = new Described();
                new ClassReader(bytes).accept(type, ClassReader.SKIP_CODE);
                types.add(type);
            }
        });
        return types;
    }

    /** Annotations of a class and its members, and which public members a script may use. */
    private static final class Described extends ClassVisitor {
        private final List<String> annotations = new ArrayList<>();
        private final Map<String, Boolean> members = new TreeMap<>();
        private String name;
        private List<String> interfaces;

        Described() {
            super(Opcodes.ASM9);
        }

        @Override
        public void visit(int version, int access, String type, String signature, String parent, String[] implemented) {
            name = type.replace('/', '.');
            interfaces = List.of(implemented);
        }

        @Override
        public AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
            annotations.add(dotted(descriptor));
            return null;
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String method, String types, String signature, String[] exceptions) {
            String member = method + types;
            boolean visible = (access & Opcodes.ACC_PUBLIC) != 0 && (access & Opcodes.ACC_SYNTHETIC) == 0;
            if (visible) {
                members.put(member, false);
            }
            return new MethodVisitor(Opcodes.ASM9) {
                @Override
                public AnnotationVisitor visitAnnotation(String descriptor, boolean runtime) {
                    annotations.add(dotted(descriptor));
                    if (visible && dotted(descriptor).equals(WHITELISTED)) {
                        members.put(member, true);
                    }
                    return null;
                }
            };
        }

        private static String dotted(String descriptor) {
            return descriptor.substring(1, descriptor.length() - 1).replace('/', '.');
        }
    }
}
