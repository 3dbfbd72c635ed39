package io.jenkins.plugins.shera.platform.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import java.util.List;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

class FavouritesTest {
    private static final String STAR = "shera/tenant/shop/application/cart/favourite";

    @RegisterExtension
    final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private static void secure(JenkinsRule r) {
        r.jenkins.setSecurityRealm(r.createDummySecurityRealm());
        r.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("ann", "ben"));
    }

    private static String favourite(Visitor visitor) throws Exception {
        return visitor.json("shera/tenant/shop").at("/applications/0/favourite").asText();
    }

    @Test
    void areEachPersonsOwnAndOutliveARestart() throws Throwable {
        sessions.then(r -> {
            r.createProject(Folder.class, "shop");
            Tenant tenant = new Tenant("shop");
            tenant.setFolder("shop");
            SheraConfiguration.get().setTenants(List.of(tenant));
            SheraConfiguration.get().setApplications(List.of(new Application("shop", "cart")));
            secure(r);
            assertThat(new Visitor(r, "ann").post(STAR, "{\"favourite\": true}").statusCode())
                    .isEqualTo(200);
            assertThat(new Visitor(r, "stranger")
                            .post(STAR, "{\"favourite\": true}")
                            .statusCode())
                    .isIn(403, 404);
            assertThat(favourite(new Visitor(r, "ben"))).isEqualTo("false");
        });
        sessions.then(r -> {
            secure(r);
            Visitor ann = new Visitor(r, "ann");
            assertThat(favourite(ann)).isEqualTo("true");
            assertThat(ann.post(STAR, "{\"favourite\": false}").statusCode()).isEqualTo(200);
            assertThat(favourite(ann)).isEqualTo("false");
        });
    }
}
