package io.jenkins.plugins.shera.monitoring.cluster;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Lets pods of a real cluster whose node is this machine run its Java with the classes under test, in place of an image with a jar. */
public final class MachineJava {

    private static final Path JAVA = Path.of(System.getProperty("java.home")).toAbsolutePath();

    private MachineJava() {}

    /** Has the first container of a pod run a class with these arguments. */
    public static void into(ObjectNode podSpec, Class<?> main, List<String> arguments) {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        ObjectNode container = (ObjectNode) podSpec.at("/containers/0");
        container.put("image", "localhost/busybox:1");
        ArrayNode command = container.putArray("command");
        List.of(JAVA + "/bin/java", "-Xmx128m", "-XX:+UseSerialGC", main.getName())
                .forEach(command::add);
        arguments.forEach(command::add);
        container.putArray("env").addObject().put("name", "CLASSPATH").put("value", classPath);
        Set<String> roots = new TreeSet<>(List.of("/usr", "/lib", "/lib64"));
        for (String each : (classPath + File.pathSeparator + JAVA).split(File.pathSeparator)) {
            Path path = Path.of(each).toAbsolutePath();
            // A pod may have a /tmp of its own, in which a folder of the machine may lie.
            roots.add("/" + (path.startsWith("/tmp") ? path.subpath(0, 2) : path.getName(0)));
        }
        if (Files.isDirectory(Path.of("/etc/java-17-openjdk"))) {
            roots.add("/etc/java-17-openjdk");
        }
        int number = 0;
        for (String root : roots) {
            String name = "machine-" + number++;
            list(podSpec, "volumes")
                    .addObject()
                    .put("name", name)
                    .putObject("hostPath")
                    .put("path", root);
            list(container, "volumeMounts")
                    .addObject()
                    .put("name", name)
                    .put("mountPath", root)
                    .put("readOnly", true);
        }
    }

    private static ArrayNode list(ObjectNode of, String name) {
        return of.path(name) instanceof ArrayNode there ? there : of.putArray(name);
    }
}
