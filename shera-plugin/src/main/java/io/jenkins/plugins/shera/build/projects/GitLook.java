package io.jenkins.plugins.shera.build.projects;

import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import io.jenkins.plugins.shera.build.source.GitRefs;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.connection.CredentialLookup;
import io.jenkins.plugins.shera.platform.connection.Destination;
import io.jenkins.plugins.shera.platform.input.Names;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/** Looks at a git server over http or https from Jenkins itself, without git and without a process. */
public final class GitLook {
    private static final Duration LIMIT = Duration.ofSeconds(4);

    private GitLook() {}

    /** The commit that a branch or tag stands at; the default branch when {@code branch} is empty. */
    public static String commit(Tenant tenant, String url, String branch, String credentialsId)
            throws IOException, InterruptedException {
        Names.gitUrl("git", url);
        if (!url.matches("https?://.*")) {
            throw Refusal.input("git", Messages.GitLook_http(), Messages.GitLook_http_next());
        }
        Destination.check("git", URI.create(url).getHost());
        String user = "";
        String password = "";
        if (!credentialsId.isEmpty()) {
            StandardUsernamePasswordCredentials login =
                    CredentialLookup.inFolder(tenant, StandardUsernamePasswordCredentials.class, credentialsId);
            user = login.getUsername();
            password = login.getPassword().getPlainText();
        }
        Map<String, String> refs = GitRefs.read(url, user, password, LIMIT);
        String commit = branch.isEmpty()
                ? refs.get("HEAD")
                : refs.getOrDefault("refs/heads/" + branch, refs.getOrDefault("refs/tags/" + branch, refs.get(branch)));
        if (commit == null && branch.matches("[0-9a-f]{40}")) {
            return branch;
        }
        if (commit == null) {
            throw Refusal.input("branch", Messages.GitLook_branch(), Messages.GitLook_branch_next());
        }
        return commit;
    }
}
