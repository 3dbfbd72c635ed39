package io.jenkins.plugins.shera.demo.parts;

import io.jenkins.plugins.shera.nginx.node.NginxInstallation;
import io.jenkins.plugins.shera.nodes.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** An nginx of the demo's own, real or stood in for, with an empty folder of routes. */
public final class Nginx implements AutoCloseable {
    private final Part part;
    private final NginxInstallation installation;
    private final Process process;

    private Nginx(Part part, NginxInstallation installation, Process process) {
        this.part = part;
        this.installation = installation;
        this.process = process;
    }

    /** Starts one in this folder. */
    public static Nginx start(Path folder, Leftovers leftovers, boolean mayBeReal)
            throws IOException, InterruptedException {
        Optional<Path> real = mayBeReal ? Machine.find("nginx") : Optional.empty();
        Files.createDirectories(folder.resolve("routes"));
        Path binary = real.isPresent() ? real.get() : standIn(folder);
        NginxInstallation installation = new NginxInstallation(
                binary, folder.resolve("nginx.conf"), folder.resolve("routes"), Machine.freePort());
        Files.writeString(
                installation.mainConfig(),
                """
                daemon off;
                pid %1$s/nginx.pid;
                error_log %1$s/error.log;
                worker_processes 1;
                events { worker_connections 256; }
                http {
                    access_log %1$s/access.log;
                    client_body_temp_path %1$s/body;
                    proxy_temp_path %1$s/proxy;
                    fastcgi_temp_path %1$s/fastcgi;
                    uwsgi_temp_path %1$s/uwsgi;
                    scgi_temp_path %1$s/scgi;
                    include %1$s/routes/current/*.conf;
                }
                """
                        .formatted(folder));
        Process process = new ProcessBuilder(
                        binary.toString(), "-c", installation.mainConfig().toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("nginx.log").toFile())
                .start();
        leftovers.remember(process.toHandle());
        for (int i = 0; i < 100 && !Files.exists(folder.resolve("nginx.pid")) && process.isAlive(); i++) {
            process.waitFor(100, TimeUnit.MILLISECONDS);
        }
        if (!process.isAlive()) {
            throw new IOException("nginx did not start: "
                    + Files.readString(folder.resolve("nginx.log")).strip());
        }
        String what = real.isPresent() ? version(real.get(), folder) : "a small proxy that takes nginx's place";
        return new Nginx(new Part(what, real.isPresent()), installation, process);
    }

    private static String version(Path binary, Path folder) throws IOException, InterruptedException {
        String output = Command.run(List.of(binary.toString(), "-v"), folder, Duration.ofSeconds(10))
                .output();
        return output.replaceFirst("(?s).*nginx/(\\S+).*", "nginx $1");
    }

    /** A program that takes nginx's own arguments. */
    private static Path standIn(Path folder) throws IOException {
        Path program = folder.resolve("nginx-stand-in");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Files.writeString(
                program,
                "#!/bin/sh\nexec '" + java + "' -XX:TieredStopAtLevel=1 -cp '" + System.getProperty("java.class.path")
                        + "' io.jenkins.plugins.shera.demo.nginx.NginxStandIn \"$@\"\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        return program;
    }

    /** What it is. */
    public Part part() {
        return part;
    }

    /** Where it is. */
    public NginxInstallation installation() {
        return installation;
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
    }
}
