package io.jenkins.plugins.shera.harness.steps;

import hudson.Extension;
import hudson.FilePath;
import hudson.model.Descriptor;
import hudson.model.Run;
import java.io.IOException;
import java.util.Map;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code string(credentialsId: 'id', variable: 'TOKEN')}. */
public final class StringBinding extends CredentialBinding {
    private final String variable;

    @DataBoundConstructor
    public StringBinding(String credentialsId, String variable) {
        super(credentialsId);
        this.variable = variable;
    }

    public String getVariable() {
        return variable;
    }

    @Override
    void bind(Run<?, ?> run, FilePath folder, Map<String, String> variables, Map<String, String> secrets)
            throws IOException {
        secrets.put(variable, find(StringCredentials.class, run).getSecret().getPlainText());
    }

    /** Its descriptor. */
    @Extension
    @Symbol("string")
    public static final class DescriptorImpl extends Descriptor<CredentialBinding> {
        @Override
        public String getDisplayName() {
            return "Secret text";
        }
    }
}
