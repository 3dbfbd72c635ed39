package io.jenkins.plugins.shera.harness.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Finds and ends processes by what stands in their environment. */
public final class ProcessTable {
    private static final Logger LOGGER = Logger.getLogger(ProcessTable.class.getName());
    private static final List<String> COOKIES = List.of("JENKINS_SERVER_COOKIE", "JENKINS_NODE_COOKIE", "BUILD_ID");

    private ProcessTable() {}

    /** Those variables by which Jenkins knows its processes again; empty when there is none. */
    public static Map<String, String> cookie(Map<String, String> environment) {
        Map<String, String> found = new TreeMap<>(environment);
        found.keySet().retainAll(COOKIES);
        return found.containsKey("JENKINS_SERVER_COOKIE") || found.containsKey("JENKINS_NODE_COOKIE")
                ? found
                : Map.of();
    }

    /** Ends every process whose environment has all of the variables; none when the map is empty. */
    public static void kill(Map<String, String> wanted) {
        if (wanted.isEmpty()) {
            return;
        }
        ProcessHandle.allProcesses()
                .filter(process -> process.pid() != ProcessHandle.current().pid())
                .filter(process -> environment(process.pid()).entrySet().containsAll(wanted.entrySet()))
                .forEach(ProcessHandle::destroyForcibly);
    }

    private static Map<String, String> environment(long pid) {
        Map<String, String> found = new HashMap<>();
        try {
            String all = Files.readString(Path.of("/proc", Long.toString(pid), "environ"), StandardCharsets.ISO_8859_1);
            for (String entry : all.split("\0")) {
                int equals = entry.indexOf('=');
                if (equals > 0) {
                    found.put(entry.substring(0, equals), entry.substring(equals + 1));
                }
            }
        } catch (IOException e) {
            LOGGER.log(Level.FINEST, "the process has ended or is not ours: " + pid, e);
        }
        return found;
    }
}
