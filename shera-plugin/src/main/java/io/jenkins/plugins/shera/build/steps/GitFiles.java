package io.jenkins.plugins.shera.build.steps;

import com.cloudbees.jenkins.plugins.sshcredentials.SSHUserPrivateKey;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import hudson.AbortException;
import hudson.FilePath;
import hudson.model.Run;
import hudson.slaves.WorkspaceList;
import hudson.util.Secret;
import io.jenkins.plugins.shera.build.config.GitConfiguration;
import io.jenkins.plugins.shera.build.source.GitCredentials;
import io.jenkins.plugins.shera.oci.image.Quoted;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Git's credentials on the agent, in a folder that only the agent's user may enter and that is gone afterwards. */
final class GitFiles implements AutoCloseable {
    private final FilePath folder;
    private final Map<String, String> environment;

    private GitFiles(FilePath folder, Map<String, String> environment) {
        this.folder = folder;
        this.environment = environment;
    }

    static FilePath folder(FilePath workspace, String cookie) {
        return WorkspaceList.tempDir(workspace).child("git-" + cookie);
    }

    static GitFiles write(BuildOrder order, Run<?, ?> run, FilePath workspace, String cookie)
            throws IOException, InterruptedException {
        FilePath folder = folder(workspace, cookie);
        if (order.credentialsId == null) {
            return new GitFiles(folder, Map.of());
        }
        GitCredentials credentials = find(order.credentialsId, run);
        folder.deleteRecursive();
        folder.mkdirs();
        folder.chmod(0700);
        for (Map.Entry<String, String> file : credentials.files().entrySet()) {
            FilePath path = folder.child(file.getKey());
            path.touch(0);
            path.chmod(file.getKey().equals("ask") ? 0700 : 0600);
            path.write(file.getValue(), "UTF-8");
        }
        return new GitFiles(folder, credentials.environment(folder.getRemote()));
    }

    private static GitCredentials find(String id, Run<?, ?> run) throws AbortException {
        StandardCredentials found =
                CredentialsProvider.findCredentialById(id, StandardCredentials.class, run, List.of());
        if (found instanceof StandardUsernamePasswordCredentials login) {
            return GitCredentials.password(
                    login.getUsername(), login.getPassword().getPlainText());
        }
        if (found instanceof SSHUserPrivateKey key && !key.getPrivateKeys().isEmpty()) {
            Secret passphrase = key.getPassphrase();
            return GitCredentials.key(
                            key.getUsername(),
                            key.getPrivateKeys().get(0),
                            passphrase == null ? "" : passphrase.getPlainText())
                    .knowing(GitConfiguration.get().getKnownHosts());
        }
        throw new AbortException("There are no credentials " + Quoted.of(id) + " for git that this job may use: give"
                + " credentialsId of a user with password, or of an SSH key, in the job's folder or above.");
    }

    Map<String, String> environment() {
        return environment;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        folder.deleteRecursive();
    }
}
