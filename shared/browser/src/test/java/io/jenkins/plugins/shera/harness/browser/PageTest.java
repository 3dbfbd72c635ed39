package io.jenkins.plugins.shera.harness.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Drives a real browser against a server of the JDK. */
@ExtendWith(BrowserExtension.class)
class PageTest {

    private HttpServer server;
    private String root;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            exchange.getResponseHeaders()
                    .add("Content-Type", path.endsWith(".js") ? "text/javascript" : "text/html; charset=utf-8");
            exchange.getResponseHeaders().add("Content-Security-Policy", "script-src 'self'");
            String language = exchange.getRequestHeaders().getFirst("Accept-Language");
            byte[] body = body(path, language).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(path.equals("/missing.js") ? 404 : 200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        root = "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private static String body(String path, String language) {
        return switch (path) {
            case "/echo.js" ->
                "const say = document.querySelector('output'); document.querySelector('button').addEventListener('click',"
                        + " () => { say.textContent = document.querySelector('input').value; });";
            case "/throws.js" -> "console.error('told the console'); throw new Error('thrown in the page');";
            case "/form" ->
                "<label>Name<input></label><button>Say</button><output></output><p>" + language
                        + "</p><script src=echo.js></script>";
            case "/inline" -> "<script>document.title = 'ran'</script>";
            case "/throwing" -> "<script src=throws.js></script>";
            case "/lacking" -> "<script src=missing.js></script>";
            default -> "<p>nothing here</p>";
        };
    }

    @Test
    void typesClicksAndReadsWhatIsShown(Page page) {
        page.open(root + "/form").type("input", "grüße 你好").click("button").see("output", "grüße 你好");
        assertThat(page.text("output")).isEqualTo("grüße 你好");
        page.assertClean();
    }

    @Test
    void asksForPagesInTheLanguageOfTheReader(Page page) {
        page.look(Theme.DARK, "zh-TW").open(root + "/form");
        assertThat(page.text("p")).startsWith("zh-TW");
        assertThat(page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void findsScriptThatThePolicyForbids(Page page) {
        page.open(root + "/inline");
        assertThat(page.takeFindings()).anyMatch(finding -> finding.startsWith("Content-Security-Policy: script-src"));
    }

    @Test
    void findsErrorsOfScriptsAndOfTheConsole(Page page) {
        page.open(root + "/throwing");
        assertThat(page.takeFindings())
                .anyMatch(finding -> finding.startsWith("script: Error: thrown in the page"))
                .contains("console: [told the console]");
        page.assertClean();
    }

    @Test
    void findsWhatCouldNotBeLoaded(Page page) {
        page.open(root + "/lacking");
        assertThatThrownBy(page::assertClean)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("404")
                .hasMessageContaining("missing.js");
    }

    @Test
    void photographsThePage(Page page) throws IOException {
        byte[] picture = Files.readAllBytes(page.open(root + "/form").photograph("browser-test"));
        assertThat(picture).startsWith(0x89, 'P', 'N', 'G');
    }
}
