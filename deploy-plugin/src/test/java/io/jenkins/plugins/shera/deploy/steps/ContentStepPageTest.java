package io.jenkins.plugins.shera.deploy.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.ExtensionList;
import io.jenkins.plugins.shera.deploy.steps.rollout.CanaryStep;
import io.jenkins.plugins.shera.harness.browser.BrowserExtension;
import io.jenkins.plugins.shera.harness.browser.Page;
import io.jenkins.plugins.shera.harness.browser.Theme;
import java.util.Map;
import jenkins.model.GlobalConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.kohsuke.stapler.DataBoundSetter;

/** The forms of "Pipeline Syntax" hold the maps of a step as lines and rows, and give back what they were given. */
@WithJenkins
@ExtendWith(BrowserExtension.class)
class ContentStepPageTest {

    private static final Map<String, String> FILES =
            Map.of("/app/config/app.yml", "one: 1\n\ntwo: \"<&>\"\n", "/app/empty", "");

    /** Shows the forms of both steps on the page of the system's settings, which is sent back with them. */
    public static final class Held extends GlobalConfiguration {
        private DeployApplicationStep deploy = new DeployApplicationStep("shop", "a:1");
        private CanaryStep canary = new CanaryStep("shop", "a:1");

        public DeployApplicationStep getDeploy() {
            return deploy;
        }

        @DataBoundSetter
        public void setDeploy(DeployApplicationStep deploy) {
            this.deploy = deploy;
        }

        public CanaryStep getCanary() {
            return canary;
        }

        @DataBoundSetter
        public void setCanary(CanaryStep canary) {
            this.canary = canary;
        }

        @Override
        public synchronized void save() {
            // Steps are kept by builds alone.
        }
    }

    @Test
    void aFormGivesBackTheMapsItWasGiven(JenkinsRule rule, Page page) throws Exception {
        Held held = new Held();
        ExtensionList.lookup(GlobalConfiguration.class).add(held);
        rule.configRoundtrip();
        assertThat(held.getDeploy().getEnv()).as("nothing stays nothing").isEmpty();
        assertThat(held.getDeploy().getConfigFiles()).isEmpty();

        DeployApplicationStep deploy = held.getDeploy();
        deploy.setEnv(Map.of("MODE", " a = b", "NONE", ""));
        deploy.setConfigFiles(FILES);
        deploy.setSecrets(Map.of("DB_PASSWORD", "shop-db"));
        deploy.setSecretFiles(Map.of("/app/key.pem", "shop-key"));
        deploy.setBind(Map.of("DB", "shop-db"));
        held.getCanary().setEnv(Map.of("VERSION", "2"));
        rule.configRoundtrip();

        DeployApplicationStep back = held.getDeploy();
        assertThat(back).isNotSameAs(deploy);
        assertThat(back.getEnv()).isEqualTo(deploy.getEnv());
        assertThat(back.getConfigFiles()).isEqualTo(FILES);
        assertThat(back.getSecrets()).isEqualTo(deploy.getSecrets());
        assertThat(back.getSecretFiles()).isEqualTo(deploy.getSecretFiles());
        assertThat(back.getBind()).isEqualTo(deploy.getBind());
        assertThat(held.getCanary().getEnv()).containsExactly(Map.entry("VERSION", "2"));
        assertThat(back.getVariables()).as("one way to say it in a Jenkinsfile").isNull();
        assertThat(back.getFiles()).isNull();

        String address = rule.getURL() + "manage/configure";
        for (Theme theme : Theme.values()) {
            page.look(theme, "en").open(address).see("form[name=config]", "Variables from credentials");
            page.photograph("step-deploy-" + theme);
        }
        page.look(Theme.LIGHT, "zh-CN").open(address).see("form[name=config]", "来自凭据的变量");
        page.photograph("step-deploy-zh");
    }

    @Test
    void aLineWithoutANameIsRefusedWithItsText() {
        DeployApplicationStep step = new DeployApplicationStep("shop", "a:1");
        step.setVariables("A=1\r\n\r\nB=");
        assertThat(step.getEnv()).containsOnly(Map.entry("A", "1"), Map.entry("B", ""));
        step.setSecretVariables("DB = shop-db ");
        assertThat(step.getSecrets()).containsOnly(Map.entry("DB", "shop-db"));
        assertThatThrownBy(() -> step.setBindings("shop-db")).hasMessageContaining("'shop-db' is no variable");
        assertThatThrownBy(() -> step.setSecretPaths("=x")).hasMessageContaining("'=x' is no variable");
    }
}
