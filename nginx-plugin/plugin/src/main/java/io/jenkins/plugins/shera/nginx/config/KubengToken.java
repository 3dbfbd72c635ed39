package io.jenkins.plugins.shera.nginx.config;

import hudson.util.Secret;

/** By what one KubeNg node is known. */
final class KubengToken {
    private final String cluster;
    private final String node;
    private final Secret token;
    private final long made;

    KubengToken(String cluster, String node, Secret token, long made) {
        this.cluster = cluster;
        this.node = node;
        this.token = token;
        this.made = made;
    }

    boolean isOf(String wantedCluster, String wantedNode) {
        return cluster.equals(wantedCluster) && node.equals(wantedNode);
    }

    Secret token() {
        return token;
    }

    long madeAt() {
        return made;
    }
}
