package io.jenkins.plugins.shera.demo.parts;

import io.jenkins.plugins.shera.oci.registry.RegistryAddress;
import io.jenkins.plugins.shera.oci.registry.RegistryCredentials;
import io.jenkins.plugins.shera.oci.target.ImagePlace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Where the demo's images lie: a real registry of this machine, or a folder in the OCI image layout. */
public final class Registry implements AutoCloseable {
    private final Part part;
    private final String address;
    private final String pullAddress;
    private final Process process;

    private Registry(Part part, String address, String pullAddress, Process process) {
        this.part = part;
        this.address = address;
        this.pullAddress = pullAddress;
        this.process = process;
    }

    /** Starts the registry of Debian's package where there is one. */
    public static Registry start(Path folder, Leftovers leftovers, boolean mayBeReal)
            throws IOException, InterruptedException {
        Optional<Path> binary = mayBeReal ? Machine.find("docker-registry") : Optional.empty();
        Files.createDirectories(folder);
        if (binary.isEmpty()) {
            return new Registry(
                    new Part("images in a folder", false), "oci:" + folder.resolve("images"), "localhost:5000", null);
        }
        int port = Machine.freePort();
        Path config = folder.resolve("config.yml");
        Files.writeString(
                config,
                """
                version: 0.1
                log: {level: warn}
                storage:
                  filesystem: {rootdirectory: "%s"}
                  delete: {enabled: true}
                http: {addr: "127.0.0.1:%d"}
                """
                        .formatted(folder.resolve("data"), port));
        Process process = new ProcessBuilder(binary.get().toString(), "serve", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("registry.log").toFile())
                .start();
        leftovers.remember(process.toHandle());
        Machine.awaitPort(port, Duration.ofSeconds(20), "docker-registry");
        return new Registry(new Part("docker-registry on port " + port, true), "localhost:" + port, "", process);
    }

    /** What it is. */
    public Part part() {
        return part;
    }

    /** As it is entered on the platform page. */
    public String address() {
        return address;
    }

    /** The host in the names of its images where that is not the address; else empty. */
    public String pullAddress() {
        return pullAddress;
    }

    /** The host in the names of its images. */
    public String host() {
        return pullAddress.isEmpty() ? address : pullAddress;
    }

    /** For reading and writing images. */
    public ImagePlace place() {
        return new ImagePlace(RegistryAddress.of(address, pullAddress, true, ""), RegistryCredentials.NONE);
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroy();
        }
    }
}
