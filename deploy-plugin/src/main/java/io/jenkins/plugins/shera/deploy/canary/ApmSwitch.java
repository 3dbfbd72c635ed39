package io.jenkins.plugins.shera.deploy.canary;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.deploy.apm.Agent;
import io.jenkins.plugins.shera.deploy.apm.AgentSource;
import io.jenkins.plugins.shera.deploy.apm.AgentTemplate;
import io.jenkins.plugins.shera.deploy.apm.ApmMode;
import io.jenkins.plugins.shera.deploy.apm.ApmState;
import io.jenkins.plugins.shera.deploy.manifest.Origin;
import io.jenkins.plugins.shera.deploy.quota.Peak;
import io.jenkins.plugins.shera.kube.api.Kinds;
import io.jenkins.plugins.shera.kube.api.KubeApi;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import io.jenkins.plugins.shera.kube.apply.Applier;
import io.jenkins.plugins.shera.kube.apply.Change;
import io.jenkins.plugins.shera.kube.apply.Plan;
import io.jenkins.plugins.shera.kube.manifest.Manifest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The APM switch of one application: how it stands, what switching would do, and agents for new templates. Calls talk to the cluster. */
public final class ApmSwitch {

    private final KubeApi api;
    private final Subject subject;
    private final AgentSource agents;

    /** As the tenant, with the agents it may use. */
    public ApmSwitch(KubeApi api, Subject subject, AgentSource agents) {
        this.api = api;
        this.subject = subject;
        this.agents = agents;
    }

    /** How it stands; empty where the application is not deployed. */
    public Optional<ApmState> look() throws KubeException {
        return live().map(ApmState::of);
    }

    /** What an agent's texts may name of an application. */
    public static Map<String, String> words(Subject subject) {
        return Map.of(
                "tenant", subject.tenant(),
                "application", subject.application(),
                "environment", subject.environment(),
                "namespace", subject.namespace());
    }

    /**
     * Lets the server try it.
     *
     * @throws RolloutException when it cannot be switched so
     */
    public ApmPlan plan(ApmOrder order) throws IOException, RolloutException {
        JsonNode stable = live().orElseThrow(() -> refused(
                "it is not deployed there, or what bears its name belongs to another application. Deploy it first."));
        JsonNode template = stable.path("spec").path("template");
        ApmState now = ApmState.of(stable);
        try {
            Agent agent = order.mode() == ApmMode.OFF ? null : agents.agent(order.agent());
            ApmState wanted = new ApmState(order.mode(), agent == null ? "" : agent.name());
            ObjectNode after = order.mode() == ApmMode.ON ? with(template, agent) : AgentTemplate.off(template);
            if (order.mode() == ApmMode.CANARY) {
                // What the next canary could not carry is said now and not then.
                with(template, agent);
            }
            boolean scaled = new Scaler(api, subject).find().isPresent();
            ObjectNode marked = CanaryObjects.marked(
                    CanaryObjects.alike(subject, stable, after, scaled),
                    order.mode() == ApmMode.CANARY ? agent.name() : "");
            boolean restarts = !Templates.hash(template).equals(Templates.hash(after));
            int pods = restarts ? stable.path("status").path("replicas").asInt() : 0;
            List<String> lines = now.equals(wanted) && !restarts ? List.of() : tried(marked);
            if (restarts) {
                room(stable, after, pods);
            }
            return new ApmPlan(now, wanted, pods, lines, template, after, marked);
        } catch (IllegalArgumentException e) {
            throw new RolloutException("Cannot switch APM of " + subject + ": " + e.getMessage(), e);
        }
    }

    /** Marks the Deployment, which restarts no pod. */
    void mark(ApmPlan plan) throws KubeException {
        api.apply(deployment(), plan.marked(), false);
    }

    /** A new template of a release as the switch stands: with the agent when it is on. */
    ObjectNode stable(ApmState state, ObjectNode released) throws IOException, RolloutException {
        return state.mode() == ApmMode.ON ? carrying(state, released) : released;
    }

    /** The template of the canary of that release; null where it is the released one. */
    ObjectNode canary(ApmState state, ObjectNode released) throws IOException, RolloutException {
        return state.mode() == ApmMode.CANARY ? carrying(state, released) : null;
    }

    private ObjectNode carrying(ApmState state, ObjectNode released) throws IOException, RolloutException {
        try {
            return with(released, agents.agent(state.agent()));
        } catch (IllegalArgumentException e) {
            throw new RolloutException(
                    "Cannot begin a rollout of " + subject + ": APM is " + state + ", and " + e.getMessage()
                            + " Or switch APM off (switchApm).",
                    e);
        }
    }

    private ObjectNode with(JsonNode template, Agent agent) throws IOException {
        return AgentTemplate.on(template, subject.application(), agent, words(subject), agents);
    }

    private List<String> tried(ObjectNode marked) throws KubeException, RolloutException {
        Plan plan = new Applier(api, new Kinds(api)).plan(List.of(new Manifest("application " + subject, marked)));
        for (Change refusal : plan.refusals()) {
            throw refused("the cluster would refuse it, so nothing was changed. "
                    + refusal.refusal().getMessage());
        }
        return new ArrayList<>(plan.lines());
    }

    /** A rolling update goes on with one pod more; where the old ones end first, there is none. */
    private void room(JsonNode stable, JsonNode after, int pods) throws KubeException, RolloutException {
        boolean replaces =
                stable.path("spec").path("strategy").path("type").asText().equals("Recreate");
        Optional<String> over = new Peak(api, subject.namespace()).over(after, Peak.besides(pods, pods, replaces));
        if (over.isPresent()) {
            throw refused(over.get());
        }
    }

    private Optional<JsonNode> live() throws KubeException {
        Origin origin = new Origin(subject.tenant(), subject.application(), subject.environment(), "", "");
        return api.find(deployment()).filter(found -> !origin.isForeign(found));
    }

    private ObjectRef deployment() {
        return new ObjectRef(ResourceKind.DEPLOYMENT, subject.namespace(), subject.application());
    }

    private RolloutException refused(String why) {
        return new RolloutException("Cannot switch APM of " + subject + ": " + why);
    }
}
