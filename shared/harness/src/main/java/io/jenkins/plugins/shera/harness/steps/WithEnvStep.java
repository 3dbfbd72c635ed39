package io.jenkins.plugins.shera.harness.steps;

import hudson.EnvVars;
import hudson.Extension;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.steps.EnvironmentExpander;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code withEnv(['NAME=value', 'PATH+TOOL=/bin']) { ... }}: sets variables for its body. */
public final class WithEnvStep extends Step {
    private final List<String> overrides;

    @DataBoundConstructor
    public WithEnvStep(List<String> overrides) {
        this.overrides = overrides == null ? List.of() : new ArrayList<>(overrides);
    }

    public List<String> getOverrides() {
        return overrides;
    }

    @Override
    public StepExecution start(StepContext context) throws Exception {
        LinkedHashMap<String, String> variables = new LinkedHashMap<>();
        for (String override : overrides) {
            int equals = override.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("withEnv expects 'NAME=value' but got '" + override + "'");
            }
            variables.put(override.substring(0, equals), override.substring(equals + 1));
        }
        return new Around(
                context,
                (c, body) -> body.withContext(
                        EnvironmentExpander.merge(c.get(EnvironmentExpander.class), new Variables(variables))));
    }

    private static final class Variables extends EnvironmentExpander {
        private static final long serialVersionUID = 1L;

        private final LinkedHashMap<String, String> variables;

        Variables(LinkedHashMap<String, String> variables) {
            this.variables = variables;
        }

        @Override
        public void expand(EnvVars env) {
            for (Map.Entry<String, String> variable : variables.entrySet()) {
                env.override(variable.getKey(), env.expand(variable.getValue()));
            }
        }
    }

    /** Its descriptor. */
    @Extension
    public static final class DescriptorImpl extends BasicDescriptor {
        public DescriptorImpl() {
            super("withEnv", "Set environment variables", true);
        }
    }
}
