package io.jenkins.plugins.shera.harness.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.hudson.plugins.folder.properties.AuthorizationMatrixProperty;
import hudson.model.Item;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.security.AccessDeniedException3;
import hudson.security.HudsonPrivateSecurityRealm;
import hudson.security.ProjectMatrixAuthorizationStrategy;
import java.io.File;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.matrixauth.PermissionEntry;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;

/** Who may do what, for all of Jenkins and below one folder. */
@WithJenkins
class PermissionsTest {
    @Test
    void grantsBelowAFolderAndNowhereElse(JenkinsRule r) throws Exception {
        r.jenkins.setSecurityRealm(r.createDummySecurityRealm());
        ProjectMatrixAuthorizationStrategy matrix = new ProjectMatrixAuthorizationStrategy();
        matrix.add(Jenkins.READ, PermissionEntry.user("alice"));
        r.jenkins.setAuthorizationStrategy(matrix);
        Folder hers = r.createProject(Folder.class, "hers");
        Folder theirs = r.createProject(Folder.class, "theirs");
        AuthorizationMatrixProperty property = new AuthorizationMatrixProperty(Map.of());
        property.add(Item.READ, PermissionEntry.user("alice"));
        property.add(Item.CREATE, PermissionEntry.user("alice"));
        hers.addProperty(property);
        try (ACLContext as = ACL.as2(User.getById("alice", true).impersonate2())) {
            assertThat(r.jenkins.getItems()).containsExactly(hers);
            assertThat(r.jenkins.getItem("theirs")).isNull();
            assertThat(hers.createProject(Folder.class, "inside").hasPermission(Item.READ))
                    .isTrue();
            assertThatThrownBy(() -> theirs.checkPermission(Item.READ))
                    .isInstanceOf(AccessDeniedException3.class)
                    .hasMessage("alice is missing the Job/Read permission");
            assertThatThrownBy(() -> r.jenkins.createProject(Folder.class, "new"))
                    .isInstanceOf(AccessDeniedException3.class);
        }
        assertThat(r.jenkins.getItems()).hasSize(2);
    }

    @Test
    void savesTheMatrixAndReadsItAgain(JenkinsRule r) throws Throwable {
        ProjectMatrixAuthorizationStrategy matrix = new ProjectMatrixAuthorizationStrategy();
        matrix.add(Jenkins.ADMINISTER, PermissionEntry.group("admins"));
        r.jenkins.setAuthorizationStrategy(matrix);
        r.jenkins.save();
        r.restart();
        assertThat(((ProjectMatrixAuthorizationStrategy) r.jenkins.getAuthorizationStrategy())
                        .getGrantedPermissionEntries())
                .containsEntry(Jenkins.ADMINISTER, Set.of(PermissionEntry.group("admins")));
    }

    @Test
    void impliesWhatAPermissionContains(JenkinsRule r) {
        MockAuthorizationStrategy strategy = new MockAuthorizationStrategy();
        r.jenkins.setAuthorizationStrategy(
                strategy.grant(Jenkins.ADMINISTER).everywhere().to("root"));
        Authentication root = new UsernamePasswordAuthenticationToken("root", "", List.of());
        assertThat(r.jenkins.getACL().hasPermission2(root, Item.CONFIGURE)).isTrue();
        assertThat(r.jenkins.getACL().hasPermission2(Jenkins.ANONYMOUS2, Jenkins.READ))
                .isFalse();
    }

    @Test
    void checksPasswordsAgainstTheirHashes(JenkinsRule r) throws Exception {
        HudsonPrivateSecurityRealm realm = new HudsonPrivateSecurityRealm(false);
        r.jenkins.setSecurityRealm(realm);
        realm.createAccount("alice", "correct horse");
        AuthenticationManager manager = realm.getSecurityComponents().manager2;
        assertThat(manager.authenticate(new UsernamePasswordAuthenticationToken("alice", "correct horse"))
                        .isAuthenticated())
                .isTrue();
        for (String[] wrong : new String[][] {{"alice", "battery"}, {"bob", "correct horse"}, {"alice", ""}}) {
            assertThatThrownBy(() -> manager.authenticate(new UsernamePasswordAuthenticationToken(wrong[0], wrong[1])))
                    .isInstanceOf(BadCredentialsException.class);
        }
        assertThat(Files.readString(new File(r.jenkins.getRootDir(), "users/alice/config.xml").toPath()))
                .contains("#jbcrypt:")
                .doesNotContain("correct horse");
    }
}
