package io.jenkins.plugins.shera.harness.steps;

import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import hudson.Extension;
import hudson.FilePath;
import hudson.model.Descriptor;
import hudson.model.Run;
import java.io.IOException;
import java.util.Map;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code usernamePassword(credentialsId: 'id', usernameVariable: 'USER', passwordVariable: 'PASSWORD')}. */
public final class UsernamePasswordBinding extends CredentialBinding {
    private final String usernameVariable;
    private final String passwordVariable;

    @DataBoundConstructor
    public UsernamePasswordBinding(String usernameVariable, String passwordVariable, String credentialsId) {
        super(credentialsId);
        this.usernameVariable = usernameVariable;
        this.passwordVariable = passwordVariable;
    }

    public String getUsernameVariable() {
        return usernameVariable;
    }

    public String getPasswordVariable() {
        return passwordVariable;
    }

    @Override
    void bind(Run<?, ?> run, FilePath folder, Map<String, String> variables, Map<String, String> secrets)
            throws IOException {
        StandardUsernamePasswordCredentials found = find(StandardUsernamePasswordCredentials.class, run);
        variables.put(usernameVariable, found.getUsername());
        secrets.put(passwordVariable, found.getPassword().getPlainText());
    }

    /** Its descriptor. */
    @Extension
    @Symbol("usernamePassword")
    public static final class DescriptorImpl extends Descriptor<CredentialBinding> {
        @Override
        public String getDisplayName() {
            return "Username and password (separated)";
        }
    }
}
