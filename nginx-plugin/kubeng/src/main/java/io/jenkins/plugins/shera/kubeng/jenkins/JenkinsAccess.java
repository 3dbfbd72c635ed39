package io.jenkins.plugins.shera.kubeng.jenkins;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Set;

/**
 * Where this node finds its Jenkins, and as whom.
 *
 * @param url root of Jenkins, with a slash at its end
 * @param node this node's name in the nginx cluster
 * @param token file that holds the node's token; read anew for each request, so that it may be replaced
 * @param authority file with the PEM certificates that sign Jenkins' own; null for those that Java trusts
 */
public record JenkinsAccess(URI url, String node, Path token, Path authority) {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    /**
     * Refuses what would send the token in the open.
     *
     * @throws IOException saying which setting is wrong
     */
    public static JenkinsAccess of(String url, String node, Path token, Path authority) throws IOException {
        URI given;
        try {
            given = URI.create(url.endsWith("/") ? url : url + "/");
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    "The setting 'jenkins' is no address. Give one such as https://jenkins.example.com/.", e);
        }
        boolean open = "http".equals(given.getScheme()) && LOOPBACK.contains(String.valueOf(given.getHost()));
        if (given.getHost() == null || !"https".equals(given.getScheme()) && !open) {
            throw new IOException(
                    "The setting 'jenkins' is not an https address, and the node's token must not travel in"
                            + " the open. Give one such as https://jenkins.example.com/; http is for this machine alone.");
        }
        if (!node.matches("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")) {
            throw new IOException("The setting 'node' is not a DNS label: use small letters, digits and '-'.");
        }
        return new JenkinsAccess(given, node, token, authority);
    }
}
