package io.jenkins.plugins.shera.harness.steps;

import hudson.Extension;
import hudson.FilePath;
import hudson.model.Descriptor;
import hudson.model.Run;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code file(credentialsId: 'id', variable: 'FILE')}: the variable names a file that only this build can read. */
public final class FileBinding extends CredentialBinding {
    private final String variable;

    @DataBoundConstructor
    public FileBinding(String credentialsId, String variable) {
        super(credentialsId);
        this.variable = variable;
    }

    public String getVariable() {
        return variable;
    }

    @Override
    void bind(Run<?, ?> run, FilePath folder, Map<String, String> variables, Map<String, String> secrets)
            throws IOException, InterruptedException {
        FilePath file = folder.child("file-" + variable);
        try (InputStream content = find(FileCredentials.class, run).getContent()) {
            file.copyFrom(content);
        }
        file.chmod(0400);
        secrets.put(variable, file.getRemote());
    }

    /** Its descriptor. */
    @Extension
    @Symbol("file")
    public static final class DescriptorImpl extends Descriptor<CredentialBinding> {
        @Override
        public String getDisplayName() {
            return "Secret file";
        }
    }
}
