package io.jenkins.plugins.shera.nodes;

import java.nio.file.Path;

/**
 * One complete set of files in a {@link ReleaseFolder}.
 *
 * @param generation counts up with every release of the folder; the greater one is the later one
 * @param digest SHA-256 in hex over all names and contents: equal digests mean equal files
 * @param folder where the files lie
 */
public record Release(long generation, String digest, Path folder) {}
