package io.jenkins.plugins.shera.nginx.node;

import java.nio.file.Path;

/**
 * Where an nginx is on its machine.
 *
 * @param binary the program, by which the files are also tested
 * @param mainConfig its {@code nginx.conf}, which includes {@code <folder>/current/*.conf} within {@code http}
 * @param folder where our files go; nothing else lies there
 * @param versionPort a free port of the loopback address, where the workers tell which set they serve
 * @param streamPort another one, where they tell which streams they serve; 0 for a node without streams, otherwise the main configuration
 *     includes {@code <folder>/streams/current/*.conf} within {@code stream}, too
 */
public record NginxInstallation(Path binary, Path mainConfig, Path folder, int versionPort, int streamPort) {
    /** One without streams. */
    public NginxInstallation(Path binary, Path mainConfig, Path folder, int versionPort) {
        this(binary, mainConfig, folder, versionPort, 0);
    }
}
