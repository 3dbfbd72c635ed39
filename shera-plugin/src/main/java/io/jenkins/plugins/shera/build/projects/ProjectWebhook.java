package io.jenkins.plugins.shera.build.projects;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.Extension;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.shera.build.script.BuildSettings;
import io.jenkins.plugins.shera.build.source.CommitLog;
import io.jenkins.plugins.shera.oci.image.Digest;
import io.jenkins.plugins.shera.oci.image.Json;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.connection.CredentialLookup;
import io.jenkins.plugins.shera.platform.extension.WebhookReceiver;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.platform.rest.Proof;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;

/**
 * The push webhook of a git server, {@code /shera-webhook/post/build/<tenant>.<project>}, signed as GitHub and Gitea do it. A push that names its
 * commit is like no other, so one that was taken starts nothing when somebody sends it again.
 */
@Extension
public class ProjectWebhook extends WebhookReceiver {
    private static final Logger LOGGER = Logger.getLogger(ProjectWebhook.class.getName());
    private static final int REMEMBERED = 1000;

    private final Set<String> taken = new LinkedHashSet<>();

    @Override
    public String name() {
        return "build";
    }

    @Override
    public String proofHeader() {
        return "X-Hub-Signature-256";
    }

    private record Target(Tenant tenant, WorkflowJob job) {}

    private static Optional<Target> target(String key) {
        int dot = key.indexOf('.');
        Tenant tenant = dot < 0 ? null : SheraConfiguration.get().tenant(key.substring(0, dot));
        return tenant == null
                ? Optional.empty()
                : new Projects(tenant).find(key.substring(dot + 1)).map(job -> new Target(tenant, job));
    }

    @Override
    public boolean accepts(String key, String proof, byte[] body) {
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            String secret = target(key).map(ProjectWebhook::secret).orElse("");
            return Proof.hmacSha256(secret.getBytes(StandardCharsets.UTF_8), body, proof);
        }
    }

    private static String secret(Target target) {
        String id = target.job().getProperty(ProjectProperty.class).getWebhookCredentialsId();
        if (id.isEmpty()) {
            return "";
        }
        try {
            return CredentialLookup.inFolder(target.tenant(), StringCredentials.class, id)
                    .getSecret()
                    .getPlainText();
        } catch (Refusal e) {
            LOGGER.log(Level.WARNING, "the webhook of " + target.job().getFullName() + " has no secret", e);
            return "";
        }
    }

    /** A push to another branch than the project's starts nothing. */
    @Override
    public void receive(String key, Map<String, String> query, byte[] body) {
        Push push = push(body);
        if (push.namesCommit() && !isNew(key + " " + Digest.of(body))) {
            return;
        }
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            target(key).ifPresent(target -> {
                String branch = Projects.settings(target.job())
                        .map((BuildSettings settings) -> settings.text("branch"))
                        .orElse("");
                String ref = push.ref();
                if (branch.isEmpty() || ref.isEmpty() || ref.equals("refs/heads/" + branch) || ref.equals(branch)) {
                    ProjectTriggers.start(target.job(), new ProjectCause("webhook", ""));
                }
            });
        }
    }

    private boolean isNew(String message) {
        synchronized (taken) {
            if (!taken.add(message)) {
                return false;
            }
            if (taken.size() > REMEMBERED) {
                taken.remove(taken.iterator().next());
            }
            return true;
        }
    }

    private record Push(String ref, boolean namesCommit) {}

    private static Push push(byte[] body) {
        try {
            JsonNode json = Json.read(body, "message of the git server");
            return new Push(
                    json.path("ref").asText(),
                    CommitLog.isCommit(json.path("after").asText()));
        } catch (IOException e) {
            LOGGER.log(Level.FINE, "a message that is no JSON", e);
            return new Push("", false);
        }
    }
}
