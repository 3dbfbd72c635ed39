package io.jenkins.plugins.shera.nodes.ssh;

import java.util.List;

/**
 * Who comes to which server.
 *
 * @param privateKeys as OpenSSH or PEM writes them; any of them may open
 * @param passphrase of the keys; empty for none
 * @param hostKey by which the server must be known; null when it is not known yet, which is refused
 * @param java the program on the machine, as {@code java} or {@code /opt/jdk/bin/java}
 */
public record Login(
        String host, int port, String user, List<String> privateKeys, String passphrase, HostKey hostKey, String java) {
    /** Copies the list. */
    public Login {
        privateKeys = List.copyOf(privateKeys);
    }

    String where() {
        return port == 22 ? host : host + ":" + port;
    }

    /** Without secrets. */
    @Override
    public String toString() {
        return user + "@" + where();
    }
}
