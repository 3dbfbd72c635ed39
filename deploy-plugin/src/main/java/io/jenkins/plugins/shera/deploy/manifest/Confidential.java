package io.jenkins.plugins.shera.deploy.manifest;

import java.util.Map;
import java.util.TreeMap;

/**
 * What a deployment needs and no build may keep: read anew from the credentials for each act, never saved, never shown.
 *
 * @param variables secret environment variables by name
 * @param files contents of secret files by path
 * @param pull content of the Secret by which pods pull, as {@code kubernetes.io/dockerconfigjson}; empty for none
 * @param credentials ids of the credentials it was read from, by the variable or the path that deployments name; may be written down
 * @param key under which names of Secrets are made of their content, so that a name tells nothing to who cannot read it
 */
public record Confidential(
        Map<String, String> variables,
        Map<String, byte[]> files,
        String pull,
        Map<String, String> credentials,
        byte[] key) {

    /** Nothing. */
    public static final Confidential NONE = new Confidential(Map.of(), Map.of(), "", Map.of(), new byte[] {0});

    /** Copies what it is given. */
    public Confidential {
        variables = new TreeMap<>(variables);
        files = new TreeMap<>(files);
        credentials = new TreeMap<>(credentials);
        key = key.clone();
    }

    /** Says nothing of what it holds. */
    @Override
    public String toString() {
        return variables.size() + " secret variables, " + files.size() + " secret files";
    }
}
