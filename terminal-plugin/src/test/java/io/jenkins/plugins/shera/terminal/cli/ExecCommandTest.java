package io.jenkins.plugins.shera.terminal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.shera.platform.access.AuditLog;
import io.jenkins.plugins.shera.platform.audit.AuditQuery;
import io.jenkins.plugins.shera.terminal.desk.PackageTenant;
import io.jenkins.plugins.shera.terminal.pack.TestPods;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** One command in a container of a real cluster, by the command line and by REST. */
@Tag("cluster")
@WithJenkins
class ExecCommandTest {
    private static final String EXEC = "shera/tenant/retail/application/shop/terminal/exec";

    @TempDir
    static Path folder;

    private static String say(String... words) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(said, true, StandardCharsets.UTF_8);
        List<String> all = Stream.concat(Stream.of("retail", "shop", "dev", "shop-1"), Stream.of(words))
                .toList();
        ExecCommand command = new ExecCommand();
        command.setTransportAuth2(Jenkins.getAuthentication2());
        int code = command.main(all, Locale.ENGLISH, new ByteArrayInputStream(new byte[0]), stream, stream);
        return code + "\n" + said.toString(StandardCharsets.UTF_8);
    }

    private static String post(JenkinsRule rule, String user, String body) throws Exception {
        String login = Base64.getEncoder().encodeToString((user + ":" + user).getBytes(StandardCharsets.UTF_8));
        HttpClient client =
                HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
        HttpRequest ask = HttpRequest.newBuilder(URI.create(rule.getURL() + "crumbIssuer/api/json"))
                .header("Authorization", "Basic " + login)
                .build();
        JsonNode crumb = new ObjectMapper()
                .readTree(client.send(ask, HttpResponse.BodyHandlers.ofString()).body());
        HttpRequest request = HttpRequest.newBuilder(URI.create(rule.getURL() + EXEC))
                .header("Authorization", "Basic " + login)
                .header("Content-Type", "application/json")
                .header(
                        crumb.path("crumbRequestField").asText(),
                        crumb.path("crumb").asText())
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        return answer.statusCode() + " " + answer.body();
    }

    @Test
    void aPersonWithTerminalRunsACommandAndOthersDoNot(JenkinsRule rule) throws Exception {
        try (TestPods pods = new TestPods(folder)) {
            PackageTenant.configure(rule, pods);
            pods.image("shop", "1", List.of("sh", "cat", "sleep", "seq", "ps", "grep", "printf", "yes"), "0");
            pods.start("shop-1", pods.reference("shop", "1"));
            try (ACLContext ignored = ACL.as2(User.getById("viewer", true).impersonate2())) {
                assertThat(say("--", "cat", "/etc/shop.conf"))
                        .startsWith("255\n")
                        .contains("Terminal");
            }
            try (ACLContext ignored = ACL.as2(User.getById("ada", true).impersonate2())) {
                assertThat(say("--", "cat", "/etc/shop.conf")).isEqualTo("0\netc/shop.conf\n");
                assertThat(say("--", "sh", "-c", "echo \"$1\" >&2; exit 7", "-", "$(id) -container"))
                        .isEqualTo("7\n$(id) -container\n");
                assertThat(say("--", "no-such")).startsWith("127\n");
                assertThat(say("-timeout", "1", "--", "sleep", "7005"))
                        .startsWith("255\n")
                        .contains("did not end within 1 seconds", "It was ended");
                assertThat(say("-container", "other", "--", "ls"))
                        .startsWith("255\n")
                        .contains("No such container");
            }
            assertThat(pods.say("shop-1", "sh", "-c", "ps | grep '[s]leep 7005' || true"))
                    .isEmpty();
            String where = "{\"environment\":\"dev\",\"pod\":\"shop-1\",\"container\":\"main\",\"command\":";
            assertThat(post(rule, "viewer", where + "[\"ls\"]}")).startsWith("404");
            assertThat(post(rule, "ada", where + "[]}")).startsWith("422");
            assertThat(post(rule, "ada", where + "[\"cat\",\"/etc/shop.conf\"]}"))
                    .startsWith("200")
                    .contains("\"exitCode\":0", "etc/shop.conf\\n", "\"whole\":true");
            assertThat(post(rule, "ada", where + "[\"seq\",\"1\",\"300000\"]}"))
                    .hasSizeLessThan(2 << 20)
                    .contains("\"whole\":false");
            assertThat(AuditLog.get()
                            .trail()
                            .search(AuditQuery.newest("retail", 30))
                            .entries())
                    .extracting(entry -> entry.what() + " " + entry.who())
                    .contains("container.exec ada");
            assertThat(AuditLog.get()
                            .trail()
                            .search(AuditQuery.newest("retail", 30))
                            .entries()
                            .toString())
                    .doesNotContain("$(id)");
        }
    }
}
