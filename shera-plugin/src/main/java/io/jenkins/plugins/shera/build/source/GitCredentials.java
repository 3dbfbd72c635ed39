package io.jenkins.plugins.shera.build.source;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Files and environment by which git gets a password or a key without either standing in a command line or an address.
 *
 * <p>Who uses it writes {@link #files} into a folder only the agent's user can enter, and removes the folder afterwards.
 */
public final class GitCredentials {
    private static final String SCRIPT = "#!/bin/sh\n"
            + "case \"$1\" in\n"
            + "  [Uu]sername*) cat \"$SHERA_GIT/user\" ;;\n"
            + "  *) cat \"$SHERA_GIT/password\" ;;\n"
            + "esac\n";

    private static final String KNOWN_HOSTS = "known_hosts";

    private final Map<String, String> files = new LinkedHashMap<>();
    private boolean key;

    private GitCredentials() {}

    /** For http and https. */
    public static GitCredentials password(String user, String password) {
        GitCredentials credentials = new GitCredentials();
        credentials.files.put("ask", SCRIPT);
        credentials.files.put("user", user + "\n");
        credentials.files.put("password", password + "\n");
        return credentials;
    }

    /** For ssh; the passphrase may be empty. */
    public static GitCredentials key(String user, String privateKey, String passphrase) {
        GitCredentials credentials = password(user, passphrase);
        credentials.files.put("key", privateKey.endsWith("\n") ? privateKey : privateKey + "\n");
        credentials.key = true;
        return credentials;
    }

    /** Knows these SSH servers besides those the agent's user knows; lines of {@code known_hosts}, may be empty. */
    public GitCredentials knowing(String knownHosts) {
        if (key && !knownHosts.isEmpty()) {
            files.put(KNOWN_HOSTS, knownHosts);
        }
        return this;
    }

    /** Name and content; {@code ask} must be executable, and nobody else may read any of them. */
    public Map<String, String> files() {
        return files;
    }

    /** What git needs to know of the folder they are in; its path must hold no quote. */
    public Map<String, String> environment(String folder) {
        if (!folder.matches("[^'\"\\\\\\p{Cntrl}]+")) {
            throw new IllegalArgumentException(
                    "The folder for credentials, " + folder + ", has a name git cannot be given.");
        }
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("SHERA_GIT", folder);
        environment.put("GIT_ASKPASS", folder + "/ask");
        if (key) {
            environment.put("SSH_ASKPASS", folder + "/ask");
            environment.put("SSH_ASKPASS_REQUIRE", "force");
            environment.put(
                    "GIT_SSH_COMMAND",
                    "ssh -o ConnectTimeout=20 -o NumberOfPasswordPrompts=1 -o PreferredAuthentications=publickey"
                            + " -o StrictHostKeyChecking=yes -o IdentitiesOnly=yes" + knownHosts(folder)
                            + " -i '" + folder + "/key'");
        }
        return environment;
    }

    private String knownHosts(String folder) {
        return files.containsKey(KNOWN_HOSTS)
                ? " -o 'UserKnownHostsFile=\"" + folder + "/" + KNOWN_HOSTS + "\" ~/.ssh/known_hosts'"
                : "";
    }
}
