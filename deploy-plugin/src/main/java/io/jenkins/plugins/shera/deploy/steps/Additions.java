package io.jenkins.plugins.shera.deploy.steps;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.model.Run;
import hudson.security.Permission;
import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.deploy.rollout.DeployException;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.extension.DeploymentAddition;
import io.jenkins.plugins.shera.platform.extension.DeploymentSetting;
import io.jenkins.plugins.shera.platform.input.Fields;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/** What other plugins let go out with a deployment, by the names of their parameters. */
public final class Additions {

    private static final Logger LOGGER = Logger.getLogger(Additions.class.getName());

    private final Map<String, String> settings;

    private Additions(Map<String, String> settings) {
        this.settings = new TreeMap<>(settings);
    }

    /** Those that were saved. */
    static Additions saved(Map<String, String> settings) {
        return new Additions(settings);
    }

    /** Those that these fields name. */
    static Additions of(Fields fields) {
        Map<String, String> said = new TreeMap<>();
        for (DeploymentAddition each : DeploymentAddition.all()) {
            if (fields.has(each.name())) {
                said.put(each.name(), each.read(fields));
            }
        }
        return new Additions(said);
    }

    /** Those of a Jenkinsfile; null says nothing. */
    static Additions of(String name, List<? extends DeploymentSetting> said) {
        if (said == null) {
            return new Additions(Map.of());
        }
        DeploymentAddition addition = found(name);
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        ArrayNode list = node.putArray(name);
        said.forEach(each -> list.add(each.asRest()));
        return new Additions(Map.of(name, addition.read(new Fields(node, ""))));
    }

    private static DeploymentAddition found(String name) {
        return DeploymentAddition.named(name)
                .orElseThrow(() -> Refusal.input(name, Messages.Additions_absent(), Messages.Additions_absent_next()));
    }

    /** As they are saved. */
    Map<String, String> settings() {
        return settings;
    }

    /** What the caller needs besides. */
    public List<Permission> permissions() {
        return settings.keySet().stream().map(each -> found(each).permission()).toList();
    }

    private interface Work {
        List<String> of(DeploymentAddition addition, DeploymentAddition.Place place, String settings)
                throws IOException, InterruptedException;
    }

    /** What they would change, a line each. */
    List<String> plan(Subject subject) throws DeployException {
        return each(subject, "so nothing was changed", DeploymentAddition::plan);
    }

    /** Makes it so and says what changed. */
    List<String> apply(Subject subject, Run<?, ?> build) throws DeployException {
        return each(
                subject, "though the pods are deployed", (addition, place, said) -> addition.apply(place, said, build));
    }

    private List<String> each(Subject subject, String state, Work work) throws DeployException {
        List<String> lines = new ArrayList<>();
        for (Map.Entry<String, String> each : settings.entrySet()) {
            try {
                work.of(found(each.getKey()), place(subject), each.getValue())
                        .forEach(line -> lines.add("  " + each.getKey() + ": " + line));
            } catch (IOException | Refusal e) {
                throw new DeployException(
                        "Cannot set the " + each.getKey() + " of " + subject + ", " + state + ": " + e.getMessage(), e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new DeployException("Jenkins goes down before the " + each.getKey() + " were set.", e);
            }
        }
        return lines;
    }

    private static DeploymentAddition.Place place(Subject subject) {
        Tenant tenant = SheraConfiguration.get().tenant(subject.tenant());
        Application application = SheraConfiguration.get().application(subject.tenant(), subject.application());
        Environment environment = application == null
                ? null
                : application.environment(subject.environment()).orElse(null);
        if (tenant == null || environment == null) {
            throw Refusal.unknown(subject.environment(), Messages.Additions_gone(), Messages.Additions_gone_next());
        }
        return new DeploymentAddition.Place(tenant, application, environment);
    }

    /** How a form asks for them, with what is set now; one that cannot say is left out, and logged. */
    static ArrayNode forms(Subject subject) {
        ArrayNode forms = JsonNodeFactory.instance.arrayNode();
        for (DeploymentAddition each : DeploymentAddition.all()) {
            try {
                forms.add(each.form(place(subject)).put("name", each.name()));
            } catch (IOException | Refusal e) {
                LOGGER.log(Level.WARNING, "the form of a deployment has no " + each.name(), e);
            }
        }
        return forms;
    }
}
