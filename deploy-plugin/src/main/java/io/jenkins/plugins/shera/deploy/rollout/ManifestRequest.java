package io.jenkins.plugins.shera.deploy.rollout;

import io.jenkins.plugins.shera.deploy.manifest.Origin;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeSet;

/** Manifests that are to be applied as one set, where, and for how long we wait. Saved with the build; never changes. */
public final class ManifestRequest implements Serializable {

    private static final long serialVersionUID = 1;
    private static final int ID_LENGTH = 32;

    private final String yaml;
    private final String set;
    private final Origin origin;
    private final String cluster;
    private final String namespace;
    private final TreeSet<String> namespaces;
    private final boolean prune;
    private final int timeoutSeconds;

    /**
     * For an environment.
     *
     * @param set a name; what an earlier set of this name had and this one has not is taken away
     * @param namespace of the environment, for manifests that name none
     * @param namespaces all that manifests may name
     */
    public ManifestRequest(
            String yaml, String set, Origin origin, Place place, Set<String> namespaces, boolean prune, int seconds) {
        if (!set.matches("[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?")) {
            throw new IllegalArgumentException("'" + set.replaceAll("\\p{Cntrl}", "?")
                    + "' cannot be the parameter set. Use at most 40 lower case letters, digits and '-'.");
        }
        this.yaml = yaml;
        this.set = set;
        this.origin = origin;
        this.cluster = place.cluster();
        this.namespace = place.namespace();
        this.namespaces = new TreeSet<>(namespaces);
        this.prune = prune;
        this.timeoutSeconds = seconds;
    }

    /** Id of a cluster, and a namespace in it. */
    public record Place(String cluster, String namespace) {}

    /** The text as it was given. */
    public String yaml() {
        return yaml;
    }

    /** Name of the set. */
    public String set() {
        return set;
    }

    /** Value of the label of all objects of the set: the same for the same set of the same environment, and of no other. */
    public String setId() {
        try {
            String whole = String.join("\n", origin.tenant(), origin.application(), origin.environment(), set);
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(whole.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, ID_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Who asks, for which application and environment. */
    public Origin origin() {
        return origin;
    }

    /** Id of the cluster. */
    public String cluster() {
        return cluster;
    }

    /** For manifests that name none. */
    public String namespace() {
        return namespace;
    }

    /** All that manifests may name. */
    public Set<String> namespaces() {
        return namespaces;
    }

    /** Whether what an earlier set had and this one has not is taken away. */
    public boolean prune() {
        return prune;
    }

    /** How long to wait until all workloads serve. */
    public int timeoutSeconds() {
        return timeoutSeconds;
    }

    /** For people: {@code manifests 'all' of shop in dev (cluster c1, namespace shop-dev)}. */
    @Override
    public String toString() {
        return "manifests '" + set + "' of " + origin.application() + " in " + origin.environment() + " (cluster "
                + cluster + ", namespace " + namespace + ")";
    }
}
