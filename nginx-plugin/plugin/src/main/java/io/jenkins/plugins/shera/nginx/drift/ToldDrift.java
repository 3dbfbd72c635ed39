package io.jenkins.plugins.shera.nginx.drift;

import io.jenkins.plugins.shera.nginx.render.Fingerprint;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Which changes of one node were told already, in a small file that outlives a restart. */
public final class ToldDrift {
    private final Path folder;
    private final Path file;

    /** Of this node, or of another thing of the cluster with a name unlike that of a node. */
    public ToldDrift(String cluster, String node) {
        String name = Fingerprint.of((cluster + "\n" + node).getBytes(StandardCharsets.UTF_8));
        this.folder = SheraConfiguration.get().root().resolve("nginx-drift");
        this.file = folder.resolve(name);
    }

    /** Whether these were not told before; they are from now on, and none is told once the node is as it was left. */
    public boolean isNews(List<String> changes) throws IOException {
        if (changes.isEmpty()) {
            Files.deleteIfExists(file);
            return false;
        }
        String now = Fingerprint.of(String.join("\n", changes).getBytes(StandardCharsets.UTF_8));
        if (Files.isRegularFile(file) && Files.readString(file).equals(now)) {
            return false;
        }
        Files.createDirectories(folder);
        Files.writeString(file, now);
        return true;
    }
}
