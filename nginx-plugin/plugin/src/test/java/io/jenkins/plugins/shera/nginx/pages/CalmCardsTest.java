package io.jenkins.plugins.shera.nginx.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.shera.harness.browser.BrowserExtension;
import io.jenkins.plugins.shera.harness.browser.Page;
import io.jenkins.plugins.shera.harness.browser.Theme;
import io.jenkins.plugins.shera.nginx.node.NginxNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A page whose cards are read again takes nothing from under a person's hands. */
@WithJenkins
@ExtendWith(BrowserExtension.class)
class CalmCardsTest extends NgFrontRig {
    /** Lets a test say when, and what, the next reading of figures answers. */
    private static final String HELD_ANSWER =
            """
            (() => {
              const real = window.fetch;
              document.documentElement.style.overflowAnchor = "none";
              window.fetch = (url, how) => {
                if (!String(url).includes("/figures?")) return real(url, how);
                return new Promise((answer) => {
                  window.letGo = (error) => answer(new Response(
                    JSON.stringify({ minutes: 5, logs: true, rows: [], nodes: [0, 1, 2, 3, 4, 5].map(
                      (one) => ({ name: `n${one}`, error })) }),
                    { headers: { "Content-Type": "application/json" } }));
                });
              };
              return true;
            })()
            """;

    private static final String FIGURES = "section[aria-label=Figures] .jenkins-card__controls button";

    @Test
    void aClickIsNotLostWhileACardAboveGrows(Page page) throws Exception {
        open(page);
        page.evaluate(HELD_ANSWER);
        page.click(FIGURES).until("figures are asked for", "!!window.letGo");
        page.hold("#stream-put");
        page.evaluate("(window.letGo('held up'), new Promise((done) => setTimeout(done, 500)))");
        assertThat(page.texts("section[aria-label=Figures] .jenkins-alert"))
                .as("it waits while the button is held")
                .noneMatch(text -> text.contains("held up"));
        page.release().see("form", "Port of the service").see(".jenkins-alert", "held up");
        page.assertClean();
    }

    @Test
    void whatIsBeingWrittenAndWhatIsOpenStaysWhenThePageIsReadAgain(Page page) throws Exception {
        open(page);
        page.click("#stream-put").type("form input[name=application]", "half writ");
        page.type("input[aria-label=Name]", "erp").click("section input[aria-label=Name] + button");
        page.see("textarea").type("textarea", "# half a file");
        page.evaluate("document.querySelector('section[aria-label=Nodes]').dataset.before = 'yes'");
        // Routes changed, so that their card is another: the others are left alone.
        new NginxNode(nodes.get(0).installation())
                .publish(route("retail", "shop", "new.example.com", nodes.get(0).port(), "10.0.0.5"));
        page.click(".shera-app-bar button.jenkins-button").see("section[aria-label=Routes]", "new.example.com");

        assertThat(page.evaluate("document.querySelector('form input[name=application]').value")
                        .asText())
                .isEqualTo("half writ");
        assertThat(page.evaluate("document.querySelector('textarea').value").asText())
                .isEqualTo("# half a file");
        assertThat(page.evaluate("document.activeElement.innerText").asText())
                .as("the focus stays on what was pressed")
                .isEqualTo("Read again");
        page.assertClean();
    }

    private void open(Page page) throws Exception {
        page.look(Theme.LIGHT, "en").signIn(jenkins.getURL().toString(), "dev", "dev");
        page.open(jenkins.getURL() + FRONT + "#edge").see("section", "No file yet");
        page.see("section[aria-label='Not reachable']");
    }
}
