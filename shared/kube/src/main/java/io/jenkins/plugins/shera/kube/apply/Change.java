package io.jenkins.plugins.shera.kube.apply;

import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.kube.manifest.Manifest;
import java.util.List;

/**
 * What applying one manifest would do.
 *
 * @param diff readable lines, secrets masked
 * @param refusal why the server would not take it, or null
 */
public record Change(ObjectRef ref, Manifest manifest, Action action, List<String> diff, KubeException refusal) {

    /** What would happen to the object. */
    public enum Action {
        /** It is not there yet. */
        CREATE,
        /** It is there and would change. */
        UPDATE,
        /** It is there and would stay as it is. */
        KEEP,
        /** The server would not take it. */
        REFUSED
    }
}
