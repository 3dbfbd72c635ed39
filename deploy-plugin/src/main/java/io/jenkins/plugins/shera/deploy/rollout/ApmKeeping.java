package io.jenkins.plugins.shera.deploy.rollout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.deploy.apm.Agent;
import io.jenkins.plugins.shera.deploy.apm.AgentSource;
import io.jenkins.plugins.shera.deploy.apm.AgentTemplate;
import io.jenkins.plugins.shera.deploy.apm.ApmMode;
import io.jenkins.plugins.shera.deploy.apm.ApmState;
import io.jenkins.plugins.shera.deploy.apm.ApmWish;
import io.jenkins.plugins.shera.kube.manifest.Manifest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps the APM switch of an application as it stands when the application is deployed anew. */
final class ApmKeeping {

    private static final ObjectMapper JSON = new ObjectMapper();

    private ApmKeeping() {}

    /** How the switch is to stand: as the request says, else as it does. */
    static String wanted(Optional<JsonNode> live, DeployRequest request, AgentSource agents) throws DeployException {
        Optional<ApmWish> wish = request.apm();
        if (wish.isEmpty()) {
            return live.isPresent() ? read(live.get(), request, agents) : "";
        }
        if (wish.get().mode() == ApmMode.OFF) {
            return "";
        }
        try {
            Agent agent = agents.agent(wish.get().agent());
            ObjectNode kept = JsonNodeFactory.instance.objectNode();
            if (wish.get().mode() == ApmMode.CANARY) {
                kept.put("mark", agent.name());
            } else {
                carried(kept, agent, request, agents);
            }
            return kept.toString();
        } catch (IllegalArgumentException | IOException e) {
            throw new DeployException(
                    "Cannot deploy " + request + ", so nothing was changed: APM cannot be switched "
                            + wish.get().mode().word() + ": " + e.getMessage(),
                    e);
        }
    }

    private static void carried(ObjectNode kept, Agent agent, DeployRequest request, AgentSource agents)
            throws IOException {
        kept.set("agent", JSON.readTree(agent.toJson()));
        agents.options(request.spec().image()).ifPresent(options -> kept.put("options", options));
    }

    /**
     * How the switch stands now, with all that is needed to keep it, to be saved; empty when it is off.
     *
     * @throws DeployException when what is on cannot be kept
     */
    static String read(JsonNode live, DeployRequest request, AgentSource agents) throws DeployException {
        try {
            ApmState state = ApmState.of(live);
            if (state.mode() == ApmMode.OFF) {
                return "";
            }
            ObjectNode kept = JsonNodeFactory.instance.objectNode();
            kept.put("mark", ApmState.mark(live));
            if (state.mode() == ApmMode.ON) {
                carried(kept, agents.agent(state.agent()), request, agents);
            }
            return kept.toString();
        } catch (IllegalArgumentException | IOException e) {
            throw refused(request, e);
        }
    }

    /** The manifests of the application with what was {@link #read}. */
    static List<Manifest> onto(List<Manifest> manifests, String saved, DeployRequest request) throws DeployException {
        if (saved == null || saved.isEmpty()) {
            return manifests;
        }
        List<Manifest> kept = new ArrayList<>();
        try {
            JsonNode state = JSON.readTree(saved);
            for (Manifest manifest : manifests) {
                kept.add(manifest.kind().equals("Deployment") ? onto(manifest, state, request) : manifest);
            }
        } catch (IllegalArgumentException | IOException e) {
            throw refused(request, e);
        }
        return kept;
    }

    private static Manifest onto(Manifest manifest, JsonNode state, DeployRequest request) throws IOException {
        ObjectNode content = manifest.content().deepCopy();
        String mark = state.path("mark").asText();
        if (!mark.isEmpty()) {
            content.withObject("/metadata/annotations").put(ApmState.MARK, mark);
        }
        if (state.path("agent").isObject()) {
            Agent agent = Agent.of(state.path("agent"));
            ObjectNode spec = content.withObjectProperty("spec");
            Map<String, String> words = Map.of(
                    "tenant", request.origin().tenant(),
                    "application", request.spec().name(),
                    "environment", request.origin().environment(),
                    "namespace", request.namespace());
            AgentSource said = new Saved(
                    agent,
                    state.path("options").isTextual() ? state.path("options").asText() : null);
            spec.set(
                    "template",
                    AgentTemplate.on(spec.path("template"), request.spec().name(), agent, words, said));
        }
        return new Manifest(manifest.where(), content);
    }

    private static DeployException refused(DeployRequest request, Exception e) {
        return new DeployException(
                "Cannot deploy " + request + ", so nothing was changed: APM is on there, and it would be lost: "
                        + e.getMessage() + " Or switch APM off first (switchApm).",
                e);
    }

    /** What was read when the deployment was planned. */
    private record Saved(Agent agent, String options) implements AgentSource {
        @Override
        public Agent agent(String name) {
            return agent;
        }

        @Override
        public Optional<String> options(String image) {
            return Optional.ofNullable(options);
        }
    }
}
