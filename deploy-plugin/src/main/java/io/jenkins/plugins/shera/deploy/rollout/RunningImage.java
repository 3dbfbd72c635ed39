package io.jenkins.plugins.shera.deploy.rollout;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.deploy.canary.Workload;
import io.jenkins.plugins.shera.deploy.manifest.Origin;
import io.jenkins.plugins.shera.kube.api.KubeApi;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.rollout.PodState;
import io.jenkins.plugins.shera.kube.rollout.RolloutState;
import io.jenkins.plugins.shera.kube.rollout.WorkloadReader;
import io.jenkins.plugins.shera.oci.image.Digest;
import io.jenkins.plugins.shera.oci.image.ImageReference;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;

/** The image that serves in an environment, by its digest: what the next environment gets when it is promoted. */
public final class RunningImage {

    private static final Duration RECENT = Duration.ofSeconds(30);
    private static final Duration NO_DEADLINE = Duration.ofDays(1);

    private final KubeApi api;
    private final Origin origin;
    private final String namespace;

    /** Of the application and environment that the origin names, in this namespace. */
    public RunningImage(KubeApi api, Origin origin, String namespace) {
        this.api = api;
        this.origin = origin;
        this.namespace = namespace;
    }

    /**
     * Read from the cluster now; never a tag.
     *
     * @throws DeployException when nothing serves there, not only one image, or none whose digest is known
     */
    public String read() throws DeployException, KubeException {
        String moving = RunningRollout.moving(api, namespace, origin.application());
        if (!moving.isEmpty()) {
            throw no("a rollout there is " + moving, "Promote or abort it first.");
        }
        Subject subject = new Subject(origin.tenant(), origin.application(), origin.environment(), "", namespace);
        Workload workload =
                Workload.find(api, subject).orElseThrow(() -> no("it is not deployed there", "Deploy it there first."));
        JsonNode live =
                workload.live(api, subject).orElseThrow(() -> no("it is not deployed there", "Deploy it there first."));
        if (!Origin.requestOf(live).isEmpty() && !origin.owns(live)) {
            throw no(
                    "the " + workload.word() + " in namespace " + namespace
                            + " is another application's or environment's",
                    "Look at the namespaces of the environments.");
        }
        RolloutState state = new WorkloadReader(api, workload.ref(subject))
                .read(api.serverNow().minus(RECENT), api.serverNow().plus(NO_DEADLINE));
        if (state.phase() != RolloutState.Phase.COMPLETE) {
            String why = state.trouble() == null ? "" : " " + state.trouble().message();
            throw no("it does not serve with all its pods there: " + state.summary() + why, "Mend it, or wait.");
        }
        return pinned(state);
    }

    private String pinned(RolloutState state) throws DeployException {
        ImageReference image = ImageReference.parse(state.image());
        if (image.digest().isPresent()) {
            return image.withDigest(image.digest().get()).toString();
        }
        Set<String> digests = state.pods().stream()
                .filter(pod -> pod.updated() && pod.ready() && !pod.state().equals("Terminating"))
                .map(PodState::digest)
                .filter(digest -> digest.startsWith("sha256:"))
                .collect(Collectors.toSet());
        if (digests.size() != 1) {
            throw no(
                    "it names its image by the tag " + image + ", under which its pods run " + digests.size()
                            + " digests",
                    "Deploy it there by digest.");
        }
        return image.withDigest(Digest.parse(digests.iterator().next())).toString();
    }

    private DeployException no(String why, String next) {
        return new DeployException(
                "Cannot promote the image of " + origin.application() + " from " + origin.environment() + ": " + why
                        + ". " + next,
                null);
    }
}
