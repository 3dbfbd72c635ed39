package io.jenkins.plugins.shera.harness.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.CredentialsStore;
import hudson.model.Item;
import hudson.model.ModelObject;
import hudson.security.ACL;
import hudson.util.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;
import org.springframework.security.core.Authentication;

/** Credentials reach what stands in their folder, and nothing beside it. */
class CredentialsScopeTest {
    @RegisterExtension
    final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @Test
    void givesAnItemTheCredentialsOfItsFoldersAndOfJenkins() throws Throwable {
        sessions.then(r -> {
            Folder hers = r.createProject(Folder.class, "hers");
            hers.createProject(Folder.class, "inside");
            r.createProject(Folder.class, "theirs");
            add(r.jenkins, "everywhere", CredentialsScope.GLOBAL, "for all");
            add(r.jenkins, "jenkins-only", CredentialsScope.SYSTEM, "for Jenkins");
            add(hers, "hers-only", CredentialsScope.GLOBAL, "top secret");
        });
        assertThat(Files.readString(sessions.getHome().toPath().resolve("jobs/hers/config.xml")))
                .contains("hers-only")
                .doesNotContain("top secret");
        sessions.then(r -> {
            assertThat(ids(r.jenkins.getItemByFullName("hers/inside"), ACL.SYSTEM2))
                    .containsExactlyInAnyOrder("hers-only", "everywhere");
            assertThat(ids(r.jenkins.getItemByFullName("theirs"), ACL.SYSTEM2)).containsExactly("everywhere");
            assertThat(ids(r.jenkins.getItemByFullName("hers/inside"), Jenkins.ANONYMOUS2))
                    .isEmpty();
            assertThat(CredentialsProvider.lookupCredentialsInItemGroup(
                            StringCredentials.class, r.jenkins, ACL.SYSTEM2))
                    .extracting(StringCredentials::getId)
                    .containsExactlyInAnyOrder("everywhere", "jenkins-only");
            assertThat(CredentialsProvider.lookupCredentialsInItem(
                                    StringCredentials.class, r.jenkins.getItemByFullName("hers"), ACL.SYSTEM2)
                            .stream()
                            .filter(c -> c.getId().equals("hers-only"))
                            .map(c -> c.getSecret().getPlainText()))
                    .containsExactly("top secret");
        });
    }

    private static void add(ModelObject where, String id, CredentialsScope scope, String secret) throws IOException {
        CredentialsStore store =
                CredentialsProvider.lookupStores(where).iterator().next();
        store.addCredentials(
                com.cloudbees.plugins.credentials.domains.Domain.global(),
                new StringCredentialsImpl(scope, id, "", Secret.fromString(secret)));
    }

    private static List<String> ids(Item item, Authentication who) {
        return CredentialsProvider.lookupCredentialsInItem(StringCredentials.class, item, who).stream()
                .map(StringCredentials::getId)
                .toList();
    }
}
