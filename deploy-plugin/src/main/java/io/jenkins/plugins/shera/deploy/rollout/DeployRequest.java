package io.jenkins.plugins.shera.deploy.rollout;

import io.jenkins.plugins.shera.deploy.apm.ApmWish;
import io.jenkins.plugins.shera.deploy.manifest.ApplicationSpec;
import io.jenkins.plugins.shera.deploy.manifest.Origin;
import java.io.Serializable;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What is to be deployed, where, and for how long we wait. Saved with the build; never changes. */
public final class DeployRequest implements Serializable {

    private static final long serialVersionUID = 1;

    private final ApplicationSpec spec;
    private final Origin origin;
    private final String cluster;
    private final String namespace;
    private final int timeoutSeconds;
    private TreeMap<String, String> credentials = new TreeMap<>();
    private String pullRegistry = "";
    /** Null in what was saved before there was such a wish. */
    private String apm = "";
    /** Null in what was saved before other plugins added to deployments. */
    private TreeMap<String, String> additions = new TreeMap<>();

    /** The namespace is the environment's, which belongs to the tenant. */
    public DeployRequest(ApplicationSpec spec, Origin origin, String cluster, String namespace, int timeoutSeconds) {
        this.spec = spec;
        this.origin = origin;
        this.cluster = cluster;
        this.namespace = namespace;
        this.timeoutSeconds = timeoutSeconds;
    }

    /**
     * The same with the ids of what is secret.
     *
     * @param ids of credentials, by the variable or the path of the file they become
     * @param registry id of the registry whose credentials pods pull with, empty for none
     */
    public DeployRequest with(Map<String, String> ids, String registry) {
        DeployRequest request = new DeployRequest(spec, origin, cluster, namespace, timeoutSeconds);
        request.credentials = new TreeMap<>(ids);
        request.pullRegistry = registry;
        return request;
    }

    /** The same, which leaves the switch of APM as {@link ApmWish#parse} reads it; empty as it stands. */
    public DeployRequest switching(String wish) {
        ApmWish.parse(wish);
        DeployRequest request = with(credentials(), pullRegistry());
        request.apm = wish == null ? "" : wish;
        return request;
    }

    /** The same with the settings of other plugins, by the names of their parameters. */
    public DeployRequest adding(Map<String, String> settings) {
        DeployRequest request = switching(apm);
        request.additions = new TreeMap<>(settings);
        return request;
    }

    /** Settings of other plugins by the names of their parameters. */
    public Map<String, String> additions() {
        return additions == null ? Map.of() : additions;
    }

    /** How the switch of APM is to be; empty for as it stands. */
    Optional<ApmWish> apm() {
        return ApmWish.parse(apm);
    }

    /** Ids of credentials, by the variable or the path of the file they become. */
    public Map<String, String> credentials() {
        return credentials == null ? Map.of() : credentials;
    }

    /** Id of the registry whose credentials pods pull with, or empty. */
    public String pullRegistry() {
        return pullRegistry == null ? "" : pullRegistry;
    }

    /** What runs. */
    public ApplicationSpec spec() {
        return spec;
    }

    /** Who asks, for which application and environment. */
    public Origin origin() {
        return origin;
    }

    /** Id of the cluster. */
    public String cluster() {
        return cluster;
    }

    /** Namespace in it. */
    public String namespace() {
        return namespace;
    }

    /** How long to wait until all pods serve. */
    public int timeoutSeconds() {
        return timeoutSeconds;
    }

    /** For people: {@code shop in dev (cluster c1, namespace shop-dev)}. */
    @Override
    public String toString() {
        return spec.name() + " in " + origin.environment() + " (cluster " + cluster + ", namespace " + namespace + ")";
    }
}
