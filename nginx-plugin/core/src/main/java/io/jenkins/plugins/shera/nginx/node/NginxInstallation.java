package io.jenkins.plugins.shera.nginx.node;

import java.nio.file.Path;

/**
 * Where an nginx is on its machine.
 *
 * @param binary the program, by which the files are also tested
 * @param mainConfig its {@code nginx.conf}, which includes {@code <folder>/current/*.conf} within {@code http}
 * @param folder where our files go; nothing else lies there
 * @param versionPort a free port of the loopback address, where the workers tell which set they serve
 */
public record NginxInstallation(Path binary, Path mainConfig, Path folder, int versionPort) {}
