package io.jenkins.plugins.shera.harness.steps;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.IdCredentials;
import hudson.AbortException;
import hudson.ExtensionPoint;
import hudson.FilePath;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Run;
import java.io.IOException;
import java.util.Map;

/** One entry of {@code withCredentials}: which credential goes into which variables. */
public abstract class CredentialBinding extends AbstractDescribableImpl<CredentialBinding> implements ExtensionPoint {
    private final String credentialsId;

    /** @param credentialsId the credential, looked up in the scope of the build */
    protected CredentialBinding(String credentialsId) {
        this.credentialsId = credentialsId;
    }

    public String getCredentialsId() {
        return credentialsId;
    }

    /** Puts variables into the map; files go into the folder, which is deleted after the body. */
    abstract void bind(Run<?, ?> run, FilePath folder, Map<String, String> variables, Map<String, String> secrets)
            throws IOException, InterruptedException;

    <C extends IdCredentials> C find(Class<C> type, Run<?, ?> run) throws AbortException {
        C found = credentialsId == null ? null : CredentialsProvider.findCredentialById(credentialsId, type, run);
        if (found == null) {
            throw new AbortException("Could not find credentials entry with ID '" + credentialsId + "' of type "
                    + type.getSimpleName() + " for " + run.getParent().getFullName());
        }
        CredentialsProvider.track(run, found);
        return found;
    }
}
