package io.jenkins.plugins.shera.terminal.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.shera.harness.browser.BrowserExtension;
import io.jenkins.plugins.shera.harness.browser.Page;
import io.jenkins.plugins.shera.harness.browser.Theme;
import io.jenkins.plugins.shera.terminal.desk.PackageTenant;
import io.jenkins.plugins.shera.terminal.pack.TestPods;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Several terminals on one page, each in a shell of a real cluster's container, in a browser. */
@Tag("cluster")
@WithJenkins
@ExtendWith(BrowserExtension.class)
class TerminalTabsTest {

    private static final String TERMINAL = "shera/tenant/retail/application/shop/terminal/";
    private static final String HERE = ".shera-terminal__panel:not([hidden])";
    private static final String KEYS = ".shera-terminal__panel--here";
    private static final String STATE = "[role=status]";
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    static Path folder;

    private TestPods pods;

    @BeforeEach
    void open() throws Exception {
        pods = new TestPods(folder);
        pods.image("shop", "1", List.of("sh", "sleep", "cat", "echo", "printf", "stty", "yes"), "0");
        pods.start("shop-1", pods.reference("shop", "1"));
    }

    @AfterEach
    void close() throws Exception {
        if (pods != null) {
            pods.close();
        }
    }

    private static void enter(JenkinsRule rule, Page page) throws Exception {
        page.open(rule.getURL() + TERMINAL);
        page.until(
                "the container is offered",
                "document.querySelectorAll('.shera-terminal__bar select')[1].value === 'shop-1/main'");
    }

    private static void tabs(Page page, int count) {
        page.until(count + " tabs", "document.querySelectorAll('[role=tab]').length === " + count);
    }

    private static void chosen(Page page, int number) {
        page.until(
                "tab " + number + " has the keys",
                "document.querySelector('[role=tab][aria-selected=true]').innerText.includes('\u00B7 " + number + "')");
    }

    private static void keys(Page page, String panel, String text) throws Exception {
        String quoted = new ObjectMapper().writeValueAsString(text.replace("\n", "\r"));
        page.evaluate("(() => { const to = document.querySelector('" + panel + " .xterm-helper-textarea'); to.focus();"
                + " const data = new DataTransfer(); data.setData('text/plain', " + quoted + ");"
                + " to.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}));"
                + " return true; })()");
    }

    /** Two terminals; in the first {@code X} is one, in the second, which has the keys, two. */
    private static void two(JenkinsRule rule, Page page) throws Exception {
        page.look(Theme.LIGHT, "en").signIn(rule.getURL().toString(), "ada", "ada");
        enter(rule, page);
        page.click(".jenkins-button--primary").see(STATE, "Connected");
        keys(page, HERE, "X=one; echo $X-$((40+1))\n");
        page.see(HERE + " .xterm-rows", "one-41");
        page.click(".shera-terminal__add");
        tabs(page, 2);
        chosen(page, 2);
        page.see(STATE, "Connected");
        keys(page, HERE, "X=two; echo $X-$((40+2))\n");
        page.see(HERE + " .xterm-rows", "two-42");
    }

    private static void fits(Page page) {
        page.until("the page is no wider than the window", "document.documentElement.scrollWidth <= window.innerWidth");
    }

    private static int running() {
        return TerminalDesk.get().of("retail", "shop").size();
    }

    private static String counted(String number) {
        return "(document.querySelector('" + HERE + " .xterm-rows').innerText.match(/n[0-9]+/g) ?? []).join(' ')"
                + ".endsWith('" + number + "')";
    }

    @Test
    void twoTabsAreTwoShellsThatComeBackAfterAReloadWhereTheyWere(JenkinsRule rule, Page page) throws Exception {
        PackageTenant.configure(rule, pods);
        two(rule, page);
        assertThat(page.text(HERE + " .xterm-rows")).doesNotContain("one-41");
        keys(page, HERE, "printf '\\033]2;second\\342\\200\\256 shell\\007'\n");
        page.see("[role=tab] .shera-terminal__said", "second shell");
        keys(page, HERE, "yes\n");
        page.press("Control+Shift+ArrowLeft");
        chosen(page, 1);
        page.see("[role=tab] .shera-terminal__mark--output");
        keys(page, HERE, "clear; echo alive-$((1+1))\n");
        page.see(HERE + " .xterm-rows", "alive-2").photograph("terminal-tabs-light");
        page.assertAccessible("#shera-page");
        page.press("Control+Shift+ArrowRight");
        chosen(page, 2);
        page.until("the mark is gone", "!document.querySelector('.shera-terminal__mark--output')");
        page.until(
                "the keys go to it",
                "document.activeElement === document.querySelector('" + HERE + " .xterm-helper-textarea')");
        page.press("Control+c");
        page.until(
                "the flood has ended",
                "document.querySelector('" + HERE + " .xterm-rows').innerText.trimEnd().endsWith('#')");
        keys(page, HERE, "clear; echo still-$X\n");
        page.see(HERE + " .xterm-rows", "still-two");

        String count = "clear; for i in 1 2 3 4 5 6 7 8; do echo n$i; sleep 1; done\n";
        keys(page, HERE, count);
        page.press("Control+Shift+ArrowLeft");
        chosen(page, 1);
        keys(page, HERE, count);
        page.until("it counts", counted("n1 n2"));
        enter(rule, page);
        tabs(page, 2);
        chosen(page, 1);
        page.until("nothing is lost and nothing twice", counted("n1 n2 n3 n4 n5 n6 n7 n8"));
        page.press("Control+Shift+ArrowRight");
        chosen(page, 2);
        page.until("nothing is lost and nothing twice", counted("n1 n2 n3 n4 n5 n6 n7 n8"));
        keys(page, HERE, "echo again-$X\n");
        page.see(HERE + " .xterm-rows", "again-two");
        assertThat(TerminalDesk.get().of("retail", "shop")).hasSize(2).allMatch(each -> each.isWatched());
        page.assertClean();
    }

    @Test
    void aSplitViewFitsBothAndTheDividerIsMovedByKeysAndMouse(JenkinsRule rule, Page page) throws Exception {
        PackageTenant.configure(rule, pods);
        two(rule, page);
        keys(page, HERE, "while sleep 1; do stty size > /tmp/two; done\n");
        page.press("Control+Shift+ArrowLeft");
        keys(page, HERE, "while sleep 1; do stty size > /tmp/one; done\n");
        await().atMost(LONG).until(() -> size("one")[1] > 100 && size("two")[1] > 100);
        page.click(".shera-terminal__tools button").see(".shera-terminal__divider");
        await().atMost(LONG).until(() -> size("one")[1] < 80 && size("two")[1] < 80 && even());
        page.photograph("terminal-split-light");
        page.assertAccessible("#shera-page");
        chosen(page, 2);
        page.press("Control+Shift+ArrowDown");
        chosen(page, 1);
        page.evaluate("document.querySelector('.shera-terminal__divider').focus()");
        page.press("ArrowRight").press("ArrowRight").press("ArrowRight");
        page.see(".shera-terminal__divider[aria-valuenow='65']");
        await().atMost(LONG).until(() -> size("one")[1] > size("two")[1] + 20);
        page.drag(".shera-terminal__divider", -400, 0);
        page.until("it was dragged", "document.querySelector('.shera-terminal__divider').ariaValueNow < 40");
        await().atMost(LONG).until(() -> size("two")[1] > size("one")[1] + 20);

        page.look(Theme.DARK, "zh-CN");
        enter(rule, page);
        page.until("it is as wide as before", "document.querySelector('.shera-terminal__divider').ariaValueNow < 40");
        page.photograph("terminal-split-dark-zh");
        page.assertAccessible("#shera-page");
        int rows = size("one")[0];
        page.width(600).see(".shera-terminal__divider[aria-orientation=horizontal]");
        await().atMost(LONG).until(() -> size("one")[0] < rows && size("two")[0] < rows);
        fits(page);
        page.photograph("terminal-split-narrow");
        page.assertAccessible("#shera-page");
        page.width(1280).click(".shera-terminal__tools button");
        page.until("one is shown", "document.querySelectorAll('" + HERE + "').length === 1");
        page.assertClean();
    }

    private boolean even() throws Exception {
        return Math.abs(size("one")[1] - size("two")[1]) <= 2;
    }

    private int[] size(String name) throws Exception {
        String[] said =
                pods.say("shop-1", "sh", "-c", "cat /tmp/" + name).trim().split(" ");
        return said.length == 2 ? new int[] {Integer.parseInt(said[0]), Integer.parseInt(said[1])} : new int[] {0, 0};
    }

    @Test
    void byKeysAloneTabsAreOpenedChosenAndClosedWithTheirSessions(JenkinsRule rule, Page page) throws Exception {
        PackageTenant.configure(rule, pods);
        page.look(Theme.LIGHT, "en").signIn(rule.getURL().toString(), "ada", "ada");
        enter(rule, page);
        page.see(".shera-terminal__empty").photograph("terminal-tabs-none");
        page.assertAccessible("#shera-page");
        page.evaluate("document.querySelector('.shera-terminal__add').focus()");
        page.press("Enter").see(STATE, "Connected");
        page.press("Control+Shift+ArrowUp").press("Tab").press("Enter");
        tabs(page, 2);
        chosen(page, 2);
        page.see(STATE, "Connected").press("Control+Shift+ArrowUp");
        page.press("ArrowRight");
        chosen(page, 1);
        page.press("ArrowLeft");
        chosen(page, 2);
        assertThat(page.evaluate("[...document.querySelectorAll('[role=tab]')].map((one) => one.tabIndex).join()")
                        .asText())
                .isEqualTo("-1,0");
        assertThat(running()).isEqualTo(2);
        page.press("Delete").see("dialog", "shop-1/main \u00B7 2").photograph("terminal-tabs-close");
        page.press("Escape").until("nothing was asked", "!document.querySelector('dialog')");
        assertThat(running()).isEqualTo(2);
        page.press("Delete").click("dialog button[type=submit]");
        tabs(page, 1);
        await().atMost(LONG).until(() -> running() == 1);
        page.until("nothing of it is left", "document.querySelectorAll('.xterm').length === 1");
        page.press("Enter");
        keys(page, HERE, "exit 3\n");
        page.see(STATE, "exit code 3").press("Control+Shift+ArrowUp").press("Delete");
        tabs(page, 0);
        assertThat(page.evaluate("document.querySelectorAll('dialog, .xterm').length")
                        .asInt())
                .isZero();
        page.assertClean();
    }

    @Test
    void theServersLimitIsSaidInTheTabAndAnEndIsMarked(JenkinsRule rule, Page page) throws Exception {
        PackageTenant.configure(rule, pods);
        two(rule, page);
        keys(page, HERE, "sleep 2; exit\n");
        page.press("Control+Shift+ArrowLeft").see(".shera-terminal__mark--end");
        for (int number = 3; number <= 11; number++) {
            page.click(".shera-terminal__add");
            tabs(page, number);
            page.see(STATE, "Connected");
        }
        page.click(".shera-terminal__add").see(HERE + " .shera-problem", "10");
        page.see(STATE, "Not opened").photograph("terminal-tabs-many");
        page.assertAccessible("#shera-page");
        fits(page);
        assertThat(running()).isEqualTo(10);
        page.click("[role=tab][aria-selected=true] .shera-terminal__x");
        tabs(page, 11);
        assertThat(page.takeFindings()).isNotEmpty().allMatch(finding -> finding.matches("(?s).*\\b4[0-9][0-9]\\b.*"));
    }
}
