package io.jenkins.plugins.shera.deploy.steps;

import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.shera.deploy.rollout.DeployException;
import io.jenkins.plugins.shera.deploy.rollout.ManifestDeployment;
import io.jenkins.plugins.shera.deploy.rollout.ManifestRequest;
import io.jenkins.plugins.shera.deploy.rollout.ManifestState;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.kube.connection.ClusterClient;
import io.jenkins.plugins.shera.kube.rollout.RolloutState;
import io.jenkins.plugins.shera.platform.schedule.Schedule;
import io.jenkins.plugins.shera.platform.schedule.Schedules;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A set of manifests that was applied without a build, until all of it serves and what it has no more is taken away. It is held in
 * memory: after a restart the cluster goes on alone, and what should go is taken away when the set is applied the next time.
 */
public final class FollowedManifests {

    private static final Logger LOGGER = Logger.getLogger(FollowedManifests.class.getName());
    private static final Duration TICK = Duration.ofSeconds(1);

    private final ManifestRequest request;
    private final ManifestState state;
    private final ClusterClient client;
    private final String actor;
    private final List<String> lines = new ArrayList<>();
    private final Set<ObjectRef> serving = new HashSet<>();
    private RolloutState.Phase phase = RolloutState.Phase.PROGRESSING;
    private Schedule ticks;

    /** Of what the state says was applied; closes the connection at its end. */
    FollowedManifests(ManifestRequest request, ManifestState state, ClusterClient client, String actor) {
        this.request = request;
        this.state = state;
        this.client = client;
        this.actor = actor;
    }

    synchronized void go() {
        ticks = Schedules.get().every(TICK, "deployment of " + request, ACL.SYSTEM_USERNAME, this::tick);
    }

    /** Name of the set. */
    public String set() {
        return request.set();
    }

    /** Where it stands. */
    public synchronized RolloutState.Phase phase() {
        return phase;
    }

    /** What was done and what is waited for, in order. */
    public synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    /** Nobody looks any more: something newer is applied. */
    synchronized void end() {
        if (ticks != null) {
            ticks.cancel();
            ticks = null;
            client.close();
        }
    }

    /** Never overlaps with itself. */
    private void tick() {
        if (phase() != RolloutState.Phase.PROGRESSING) {
            return;
        }
        try (ACLContext ignored = ACL.as2(Identity.of(actor))) {
            look(new ManifestDeployment(client.api(), request, state));
        } catch (DeployException | RuntimeException e) {
            LOGGER.log(Level.FINE, "the deployment of " + request + " failed", e);
            over(RolloutState.Phase.FAILED, e.getMessage());
        } catch (KubeException e) {
            if (e.kind().isPassing() && System.currentTimeMillis() < state.deadlineMillis()) {
                LOGGER.log(Level.FINE, "asking again", e);
            } else {
                over(RolloutState.Phase.FAILED, e.getMessage());
            }
        }
    }

    private void look(ManifestDeployment deployment) throws DeployException, KubeException {
        boolean all = true;
        for (ObjectRef each : deployment.workloads()) {
            if (serving.contains(each)) {
                continue;
            }
            RolloutState seen = deployment.look(each);
            if (seen.phase() == RolloutState.Phase.FAILED) {
                over(RolloutState.Phase.FAILED, each + ": " + seen.trouble().message());
                return;
            }
            say(each + ": " + seen.summary());
            if (seen.phase() == RolloutState.Phase.COMPLETE) {
                serving.add(each);
            } else {
                all = false;
            }
        }
        if (all) {
            deployment.finish().forEach(this::say);
            over(RolloutState.Phase.COMPLETE, "Deployed " + request);
        }
    }

    private synchronized void say(String line) {
        if (!lines.contains(line)) {
            lines.add(line);
        }
    }

    private void over(RolloutState.Phase ended, String line) {
        say(String.valueOf(line));
        ManifestRecord record = new ManifestRecord(request, null, actor);
        if (ended == RolloutState.Phase.COMPLETE) {
            record.complete(String.join("\n", lines()));
        } else {
            record.failed(String.valueOf(line));
        }
        synchronized (this) {
            phase = ended;
            end();
        }
    }
}
