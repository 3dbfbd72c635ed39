package io.jenkins.plugins.shera.harness.steps;

import com.cloudbees.jenkins.plugins.sshcredentials.SSHUserPrivateKey;
import hudson.Extension;
import hudson.FilePath;
import hudson.model.Descriptor;
import hudson.model.Run;
import java.io.IOException;
import java.util.Map;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code sshUserPrivateKey(credentialsId: 'id', keyFileVariable: 'KEY', usernameVariable: 'USER')}. */
public final class SshKeyBinding extends CredentialBinding {
    private final String keyFileVariable;
    private String usernameVariable;
    private String passphraseVariable;

    @DataBoundConstructor
    public SshKeyBinding(String keyFileVariable, String credentialsId) {
        super(credentialsId);
        this.keyFileVariable = keyFileVariable;
    }

    public String getKeyFileVariable() {
        return keyFileVariable;
    }

    public String getUsernameVariable() {
        return usernameVariable;
    }

    @DataBoundSetter
    public void setUsernameVariable(String usernameVariable) {
        this.usernameVariable = usernameVariable;
    }

    public String getPassphraseVariable() {
        return passphraseVariable;
    }

    @DataBoundSetter
    public void setPassphraseVariable(String passphraseVariable) {
        this.passphraseVariable = passphraseVariable;
    }

    @Override
    void bind(Run<?, ?> run, FilePath folder, Map<String, String> variables, Map<String, String> secrets)
            throws IOException, InterruptedException {
        SSHUserPrivateKey found = find(SSHUserPrivateKey.class, run);
        FilePath file = folder.child("ssh-key-" + keyFileVariable);
        file.write(String.join("\n", found.getPrivateKeys()) + "\n", "UTF-8");
        file.chmod(0400);
        secrets.put(keyFileVariable, file.getRemote());
        if (usernameVariable != null) {
            variables.put(usernameVariable, found.getUsername());
        }
        if (passphraseVariable != null && found.getPassphrase() != null) {
            secrets.put(passphraseVariable, found.getPassphrase().getPlainText());
        }
    }

    /** Its descriptor. */
    @Extension
    @Symbol("sshUserPrivateKey")
    public static final class DescriptorImpl extends Descriptor<CredentialBinding> {
        @Override
        public String getDisplayName() {
            return "SSH User Private Key";
        }
    }
}
