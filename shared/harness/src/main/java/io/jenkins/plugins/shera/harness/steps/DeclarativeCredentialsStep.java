package io.jenkins.plugins.shera.harness.steps;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import hudson.Extension;
import hudson.FilePath;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;

/** What {@code NAME = credentials('id')} of a declarative environment stands for. */
public final class DeclarativeCredentialsStep extends Step {
    private final String variable;
    private final String credentialsId;

    @DataBoundConstructor
    public DeclarativeCredentialsStep(String variable, String credentialsId) {
        this.variable = variable;
        this.credentialsId = credentialsId;
    }

    public String getVariable() {
        return variable;
    }

    public String getCredentialsId() {
        return credentialsId;
    }

    @Override
    public StepExecution start(StepContext context) throws Exception {
        Run<?, ?> run = context.get(Run.class);
        CredentialBinding binding;
        if (CredentialsProvider.findCredentialById(credentialsId, StandardUsernamePasswordCredentials.class, run)
                != null) {
            binding = new Pair(variable, credentialsId);
        } else if (CredentialsProvider.findCredentialById(credentialsId, FileCredentials.class, run) != null) {
            binding = new FileBinding(credentialsId, variable);
        } else {
            binding = new StringBinding(credentialsId, variable);
        }
        return new CredentialsExecution(context, List.of(binding));
    }

    private static final class Pair extends CredentialBinding {
        private final String variable;

        Pair(String variable, String credentialsId) {
            super(credentialsId);
            this.variable = variable;
        }

        @Override
        void bind(Run<?, ?> run, FilePath folder, Map<String, String> variables, Map<String, String> secrets)
                throws IOException {
            StandardUsernamePasswordCredentials found = find(StandardUsernamePasswordCredentials.class, run);
            String password = found.getPassword().getPlainText();
            variables.put(variable + "_USR", found.getUsername());
            secrets.put(variable + "_PSW", password);
            secrets.put(variable, found.getUsername() + ":" + password);
        }
    }

    /** Its descriptor. */
    @Extension
    public static final class DescriptorImpl extends BasicDescriptor {
        public DescriptorImpl() {
            super(
                    "declarativeCredentials",
                    "Credentials of a declarative environment",
                    true,
                    Run.class,
                    TaskListener.class);
        }
    }
}
