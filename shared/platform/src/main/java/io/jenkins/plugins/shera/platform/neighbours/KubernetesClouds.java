package io.jenkins.plugins.shera.platform.neighbours;

import hudson.Util;
import hudson.slaves.Cloud;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;

/**
 * The clouds of the Kubernetes plugin that are no clusters of ours yet, read through the public getters of its
 * {@code KubernetesCloud} (4423.vb_59f230b_ce53) by reflection: the plugin is no dependency.
 */
public final class KubernetesClouds {
    private static final Logger LOGGER = Logger.getLogger(KubernetesClouds.class.getName());
    private static final String TYPE = "org.csanchez.jenkins.plugins.kubernetes.KubernetesCloud";

    private KubernetesClouds() {}

    /** In the order of Jenkins; without those that name no server, as a cloud in whose cluster Jenkins itself runs. */
    public static List<CloudFacts> offered() {
        Set<String> taken = SheraConfiguration.get().getClusters().stream()
                .map(cluster -> address(cluster.getServer()))
                .collect(Collectors.toSet());
        return Jenkins.get().clouds.stream()
                .filter(KubernetesClouds::isKubernetes)
                .map(KubernetesClouds::read)
                .filter(Objects::nonNull)
                .filter(cloud -> !cloud.getServer().isEmpty() && !taken.contains(address(cloud.getServer())))
                .toList();
    }

    private static boolean isKubernetes(Cloud cloud) {
        for (Class<?> type = cloud.getClass(); type != null; type = type.getSuperclass()) {
            if (type.getName().equals(TYPE)) {
                return true;
            }
        }
        return false;
    }

    private static CloudFacts read(Cloud cloud) {
        try {
            return new CloudFacts(
                    cloud.name,
                    text(cloud, "getServerUrl"),
                    pem(text(cloud, "getServerCertificate")),
                    text(cloud, "getCredentialsId"),
                    (Boolean) cloud.getClass().getMethod("isSkipTlsVerify").invoke(cloud));
        } catch (ReflectiveOperationException | ClassCastException e) {
            LOGGER.log(Level.FINE, e, () -> "the cloud " + cloud.name + " cannot be read");
            return null;
        }
    }

    private static String text(Cloud cloud, String getter) throws ReflectiveOperationException {
        return Util.fixNull((String) cloud.getClass().getMethod(getter).invoke(cloud))
                .strip();
    }

    /** The plugin takes the certificate with its frame or without it. */
    private static String pem(String certificate) {
        return certificate.isEmpty() || certificate.startsWith("-----BEGIN")
                ? certificate
                : "-----BEGIN CERTIFICATE-----\n" + certificate + "\n-----END CERTIFICATE-----";
    }

    private static String address(String server) {
        return server.replaceFirst("/+$", "").toLowerCase(Locale.ROOT);
    }
}
