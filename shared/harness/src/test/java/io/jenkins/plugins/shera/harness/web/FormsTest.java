package io.jenkins.plugins.shera.harness.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.shera.harness.web.SampleConfiguration.Part;
import java.util.List;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Forms bound to describables, filled and sent by a browser with its scripts. */
@WithJenkins
class FormsTest {
    private static final long SCRIPTS_MS = 20_000;

    @Test
    void savesUnchangedWhatItShows(JenkinsRule jenkins) throws Exception {
        SampleConfiguration settings = SampleConfiguration.get();
        Part small = new Part("small");
        Part large = new Part("large \"quoted\" <b>");
        large.setBig(true);
        settings.setGreeting("hi & bye");
        settings.setColor("red");
        settings.setLoud(true);
        settings.setTimes(7);
        settings.setParts(List.of(small, large));
        settings.setSpare(new Part("spare"));

        jenkins.configRoundtrip();

        assertThat(settings.getGreeting()).isEqualTo("hi & bye");
        assertThat(settings.getColor()).isEqualTo("red");
        assertThat(settings.isLoud()).isTrue();
        assertThat(settings.getTimes()).isEqualTo(7);
        assertThat(settings.getParts())
                .isNotSameAs(List.of(small, large))
                .usingRecursiveComparison()
                .isEqualTo(List.of(small, large));
        assertThat(settings.getParts().get(0)).isNotSameAs(small);
        assertThat(settings.getSpare().getName()).isEqualTo("spare");
    }

    @Test
    void checksAFieldAndFillsAList(JenkinsRule jenkins) throws Exception {
        JenkinsRule.WebClient browser = jenkins.createWebClient();
        HtmlPage page = browser.goTo("manage/configure");
        browser.waitForBackgroundJavaScript(SCRIPTS_MS);
        HtmlForm form = page.getFormByName("config");

        assertThat(form.getSelectByName("_.color").getOptions())
                .extracting(option -> option.getValueAttribute() + "=" + option.isSelected())
                .containsExactly("red=false", "green=true");
        assertThat(page.asNormalizedText()).contains("Fine: hello");

        form.getInputByName("_.greeting").setValue("");
        form.getInputByName("_.greeting").fireEvent("change");
        browser.waitForBackgroundJavaScript(SCRIPTS_MS);
        assertThat(page.asNormalizedText()).contains("Say something");
    }

    @Test
    void servesTheHelpOfAField(JenkinsRule jenkins) throws Exception {
        JenkinsRule.WebClient browser = jenkins.createWebClient();

        assertThat(browser.goTo("manage/configure").asXml())
                .contains("/descriptor/" + SampleConfiguration.class.getName() + "/help/greeting");
        assertThat(browser.goTo("descriptor/" + SampleConfiguration.class.getName() + "/help/greeting")
                        .asNormalizedText())
                .isEqualTo("Say it with <care>.");
        browser.assertFails("descriptor/" + SampleConfiguration.class.getName() + "/help/..%2fconfig", 400);
    }
}
