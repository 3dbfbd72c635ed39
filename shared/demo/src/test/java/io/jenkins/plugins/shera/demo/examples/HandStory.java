package io.jenkins.plugins.shera.demo.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.shera.demo.site.DemoSite;
import io.jenkins.plugins.shera.demo.site.Tenants;
import io.jenkins.plugins.shera.harness.browser.Page;
import io.jenkins.plugins.shera.harness.browser.Theme;
import io.jenkins.plugins.shera.oci.image.Platform;
import io.jenkins.plugins.shera.oci.target.Image;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;

/**
 * A person in a browser: the application crashes for a file that was forgotten; in a debug copy the file is written with vi and the program
 * tried; what was written becomes an image, which runs in dev and which prod refuses; the recording shows all of it again.
 */
final class HandStory {
    private static final String MENDED = "1-mended";
    private static final String SAID = "till is open and takes CNY";
    private static final String COPY = ".shera-copies__row";
    private static final String SEND = "form.shera-form button[type=submit]";

    private final DemoSite site;
    private final Page page;
    private final CrashingTill till;
    private final String name = "crash-" + UUID.randomUUID().toString().substring(0, 6);

    /** What the page says was made, by digest. */
    private String image = "";

    HandStory(DemoSite site, Page page) {
        this.site = site;
        this.page = page;
        this.till = new CrashingTill(site);
    }

    /** All of it. */
    void tell() throws Exception {
        till.deploy(name);
        page.look(Theme.LIGHT, "en").signIn(site.url(), site.user(), site.password());
        mend();
        String recording = keep();
        runsInDev();
        prodRefuses();
        replays(recording);
        page.assertClean();
    }

    private Page open(String tab) {
        return page.open(site.url().replaceAll("/+$", "") + "/shera/tenant/" + Tenants.FIRST + "/application/" + name
                + "/" + tab);
    }

    private void mend() throws IOException {
        open("terminal/");
        page.until(
                "the pod that crashes is offered for a copy",
                "[...document.querySelectorAll('option')].some(o => /Crash|Error|restart/i.test(o.textContent)"
                        + " && o.textContent.startsWith('" + name + "'))");
        page.click(".shera-copies__start").see(COPY + " .shera-pill--ok", "running");
        page.see(COPY + " code", "java -jar till.jar");
        page.click(COPY + " button").see("[role=status]", "Connected");
        keys("java -jar till.jar\n");
        page.see(".xterm-rows", "FileNotFoundException");
        keys("clear; vi conf/till.properties\n");
        page.see(".xterm-rows", "~");
        keys("icurrency=CNY");
        page.see(".xterm-rows", "currency=CNY").press("Escape");
        // What follows at once would be taken for the rest of an arrow key.
        page.see(".xterm-rows", "- conf/till.properties");
        keys(":wq\n");
        shellListens();
        keys("clear; java -jar till.jar\n");
        page.see(".xterm-rows", SAID).photograph("story-mended");
        page.press("Control+c");
        shellListens();
        keys("exit 0\n");
        page.see("[role=status]", "exit code 0");
    }

    /** Packages what was written; the session's recording. */
    private String keep() throws IOException {
        page.click(COPY + " button[aria-label^='Package']");
        page.until("the copy is chosen", "document.body.textContent.includes('-debug-')");
        page.click(".jenkins-button--primary").see("td", CrashingTill.CONFIG);
        page.click(".shera-chip:nth-child(2)").see("p[role=status]", "Taken: 1");
        page.type("input[type=text]", MENDED).click(".shera-package__make").see("h2", ":" + MENDED);
        page.see(".shera-package__patch", "+currency=CNY").photograph("story-packaged");
        Image made = Image.read(till.home(), MENDED, Platform.ofThisMachine());
        assertThat(made.config().labels())
                .containsEntry("io.shera.hand-made", "true")
                .containsEntry("io.shera.hand-made.on", till.digest());
        image = page.text("dd code");
        assertThat(image).endsWith("@" + made.manifest().digest());
        String link = page.evaluate("document.querySelector('a[href*=\"recordings/?recording=\"]').href")
                .asText();
        assertThat(link).startsWith(site.url());
        return link;
    }

    /** The page of releases knows the image from the link that leads there. */
    private void order(String environment) {
        String verb = "section[aria-label=" + environment + "] .shera-rollout__verbs button:nth-child(2)";
        page.see(verb).click(verb).see("form.shera-form");
        assertThat(page.evaluate("document.querySelector('input[name=image]').value")
                        .asText())
                .isEqualTo(image);
        page.type("input[name=port]", "8080");
        page.click(SEND);
    }

    private void runsInDev() throws IOException {
        page.click("a.shera-package__deploy");
        order("dev");
        page.see("dialog[open]", image.substring(image.indexOf('@')));
        page.click("dialog .jenkins-button--primary").see(".jenkins-alert-success", "all pods serve");
        page.photograph("story-dev");
    }

    private void prodRefuses() throws IOException {
        page.assertClean();
        order("prod");
        page.see("#shera-page", "hand-made").photograph("story-prod-refuses");
        assertThat(page.evaluate("document.querySelector('dialog[open]') === null")
                        .asBoolean())
                .isTrue();
        page.takeFindings();
    }

    private void replays(String recording) throws IOException {
        page.open(recording).see(".shera-terminal__reel");
        page.until("it is at its beginning", "!document.querySelector('.xterm-rows').innerText.includes('takes')");
        page.evaluate("document.querySelector('select.jenkins-select__input').value = '8',"
                + " document.querySelector('select.jenkins-select__input').dispatchEvent(new Event('change'))");
        page.click(".shera-terminal__play").see(".xterm-rows", SAID).photograph("story-replayed");
    }

    /** A program that ends throws away what was typed meanwhile, so the shell is asked until it answers. */
    private void shellListens() {
        await().pollInterval(Duration.ofSeconds(1))
                .atMost(Duration.ofMinutes(1))
                .until(() -> {
                    if (page.evaluate("document.querySelector('.xterm-rows').innerText.includes('athand')")
                            .asBoolean()) {
                        return true;
                    }
                    keys("\necho at''hand\n");
                    return false;
                });
    }

    private void keys(String text) throws IOException {
        String quoted = new ObjectMapper().writeValueAsString(text.replace("\n", "\r"));
        page.evaluate("(() => { const to = document.querySelector('.xterm-helper-textarea'); to.focus();"
                + " const data = new DataTransfer(); data.setData('text/plain', " + quoted + ");"
                + " to.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}));"
                + " return true; })()");
    }
}
