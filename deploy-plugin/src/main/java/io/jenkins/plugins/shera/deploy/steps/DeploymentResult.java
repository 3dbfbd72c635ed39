package io.jenkins.plugins.shera.deploy.steps;

import io.jenkins.plugins.shera.deploy.rollout.DeployRequest;
import io.jenkins.plugins.shera.deploy.rollout.Deployment;
import java.io.Serializable;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** What {@code deployApplication} returns: what runs now, and where. */
public final class DeploymentResult implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String cluster;
    private final String namespace;
    private final String name;
    private final String revision;
    private final String image;
    private final String imageDigest;
    private final String service;
    private final String address;

    DeploymentResult(DeployRequest request, Deployment.Outcome outcome) {
        cluster = request.cluster();
        namespace = request.namespace();
        name = request.spec().name();
        revision = outcome.revision();
        image = outcome.image();
        imageDigest = outcome.digest();
        service = outcome.address().isEmpty()
                ? ""
                : name + "." + namespace + ".svc:" + request.spec().port();
        address = outcome.address();
    }

    /** Id of the cluster. */
    @Whitelisted
    public String getCluster() {
        return cluster;
    }

    /** Namespace in the cluster. */
    @Whitelisted
    public String getNamespace() {
        return namespace;
    }

    /** Name of the Deployment and of the Service. */
    @Whitelisted
    public String getName() {
        return name;
    }

    /** Revision as {@code kubectl rollout history} counts. */
    @Whitelisted
    public String getRevision() {
        return revision;
    }

    /** The image as the Deployment names it. */
    @Whitelisted
    public String getImage() {
        return image;
    }

    /** Digest of what the pods really run, or empty without pods. */
    @Whitelisted
    public String getImageDigest() {
        return imageDigest;
    }

    /** Host and port for others in the cluster, or empty without a port. */
    @Whitelisted
    public String getService() {
        return service;
    }

    /** IP and port of the Service, or empty without a port. */
    @Whitelisted
    public String getAddress() {
        return address;
    }

    @Whitelisted
    @Override
    public String toString() {
        return name + " revision " + revision + " in " + namespace + " (" + cluster + ")";
    }
}
