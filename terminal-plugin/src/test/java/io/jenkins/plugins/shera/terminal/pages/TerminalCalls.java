package io.jenkins.plugins.shera.terminal.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.shera.harness.browser.Page;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.config.EnvironmentPolicy;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.TerminalPolicy;
import io.jenkins.plugins.shera.terminal.pack.TestPods;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jvnet.hudson.test.JenkinsRule;

/** What a test of the tab Terminal asks and types. */
final class TerminalCalls {
    static final String TERMINAL = "shera/tenant/retail/application/shop/terminal/";
    static final ObjectMapper JSON = new ObjectMapper();

    private TerminalCalls() {}

    /** Posts JSON to a verb of the tab. */
    static HttpResponse<String> post(JenkinsRule rule, String user, String verb, JsonNode json) throws Exception {
        HttpClient client =
                HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
        HttpRequest ask = HttpRequest.newBuilder(URI.create(rule.getURL() + "crumbIssuer/api/json"))
                .header("Authorization", login(user))
                .build();
        JsonNode crumb = JSON.readTree(
                client.send(ask, HttpResponse.BodyHandlers.ofString()).body());
        return client.send(
                HttpRequest.newBuilder(URI.create(rule.getURL() + TERMINAL + verb))
                        .header("Authorization", login(user))
                        .header("Content-Type", "application/json")
                        .header(
                                crumb.path("crumbRequestField").asText(),
                                crumb.path("crumb").asText())
                        .POST(HttpRequest.BodyPublishers.ofString(json.toString()))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** The header by which a user signs in. */
    static String login(String user) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + user).getBytes(StandardCharsets.UTF_8));
    }

    /** Names a pod of environment dev. */
    static ObjectNode order(String pod) {
        return JSON.createObjectNode().put("environment", "dev").put("pod", pod);
    }

    /** Types into the terminal. */
    static void keys(Page page, String text) throws Exception {
        String quoted = JSON.writeValueAsString(text.replace("\n", "\r"));
        page.evaluate("(() => { const to = document.querySelector('.xterm-helper-textarea'); to.focus();"
                + " const data = new DataTransfer(); data.setData('text/plain', " + quoted + ");"
                + " to.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}));"
                + " return true; })()");
    }

    /** Lists the containers that may be entered. */
    static void letIn(TestPods pods, String container) {
        TerminalPolicy terminal = new TerminalPolicy();
        terminal.setContainers(List.of(container));
        EnvironmentPolicy policy = new EnvironmentPolicy();
        policy.setTerminal(terminal);
        Environment dev = new Environment("dev", "real", pods.namespace());
        dev.setPolicy(policy);
        Application shop = new Application("retail", "shop");
        shop.setEnvironments(List.of(dev));
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            SheraConfiguration.get().setApplications(List.of(shop));
        }
    }

    /** Expects a refusal that says why and what next. */
    static void refused(HttpResponse<String> answer, int status, int or, String why) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isIn(status, or);
        JsonNode said = JSON.readTree(answer.body());
        assertThat(said.path("why").asText() + said.path("where").asText()).contains(why);
        assertThat(said.path("next").asText()).isNotEmpty();
    }
}
