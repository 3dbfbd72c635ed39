package io.jenkins.plugins.shera.kubeng.objects;

import java.util.List;

/**
 * What became of an object.
 *
 * @param kind as Kubernetes writes it
 * @param hosts host names of it that are served
 * @param refused what of it is not served, with the reason; empty when all of it is
 */
public record ObjectState(
        String tenant,
        String cluster,
        String kind,
        String namespace,
        String name,
        List<String> hosts,
        List<String> refused) {}
