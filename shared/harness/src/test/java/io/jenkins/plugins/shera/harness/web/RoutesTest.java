package io.jenkins.plugins.shera.harness.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which addresses answer, and with which headers. */
class RoutesTest {
    @TempDir
    static Path home;

    private static Web web;

    @BeforeAll
    static void start() throws Exception {
        web = new Web(home);
    }

    @AfterAll
    static void stop() {
        web.close();
    }

    @Test
    void servesAMethodUnderItsWebName() throws Exception {
        assertThat(web.get("sample/greet?name=Ann").body()).isEqualTo("hello Ann");
    }

    @Test
    void refusesTheWrongVerb() throws Exception {
        assertThat(web.get("sample/change").statusCode()).isEqualTo(404);
        assertThat(web.postWithCrumb("sample/greet", "name=Ann").statusCode()).isEqualTo(404);
    }

    @Test
    void refusesAMethodThatOnlyLooksLikeAWebMethod() throws Exception {
        assertThat(web.get("sample/secret").statusCode()).isEqualTo(404);
    }

    @Test
    void refusesGettersAndFieldsOfTypesThatAnswerNothing() throws Exception {
        assertThat(web.get("sample/plain/secret").statusCode()).isEqualTo(404);
        assertThat(web.get("sample/field/secret").statusCode()).isEqualTo(404);
    }

    @Test
    void refusesAFragmentAsAPage() throws Exception {
        assertThat(web.get("sample/fragment").statusCode()).isEqualTo(404);
        assertThat(web.get("sample/whole").body()).contains("a whole page");
    }

    @Test
    void refusesAPostWithoutTheCrumbOfTheSession() throws Exception {
        HttpResponse<String> refused = web.post("sample/change", "");

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("No valid crumb was included in the request");
        assertThat(web.post("sample/change", "", "Jenkins-Crumb", "0".repeat(64))
                        .statusCode())
                .isEqualTo(403);
        assertThat(web.postWithCrumb("sample/change", "").body()).isEqualTo("changed");
    }

    @Test
    void enforcesThePolicyOfJenkinsOnEveryAnswer() throws Exception {
        for (String path : new String[] {"", "sample/greet", "nothing/here", "static/x/jsbundles/styles.css"}) {
            HttpResponse<String> answer = web.get(path);
            assertThat(answer.headers().firstValue("Content-Security-Policy"))
                    .as(path)
                    .contains("base-uri 'none'; default-src 'self'; form-action 'self'; frame-ancestors 'self';"
                            + " img-src 'self' data:; script-src 'report-sample' 'self';"
                            + " style-src 'report-sample' 'self' 'unsafe-inline';");
            assertThat(answer.headers().firstValue("X-Content-Type-Options"))
                    .as(path)
                    .contains("nosniff");
        }
    }

    @Test
    void showsAnIdInsteadOfATrace() throws Exception {
        HttpResponse<String> oops = web.get("sample/fail");

        assertThat(oops.statusCode()).isEqualTo(500);
        assertThat(oops.body()).contains("Oops", "<code>").doesNotContain("inner detail", "IllegalState", "\tat ");
    }

    @Test
    void speaksTheLanguageOfTheRequest() throws Exception {
        assertThat(web.get("login", "Accept-Language", "zh-CN").body()).contains("登录");
        assertThat(web.get("login", "Accept-Language", "zh-TW").body()).contains("登入");
        assertThat(web.get("login", "Accept-Language", "fr").body()).contains("Sign in");
        assertThat(web.get("nothing", "Accept-Language", "zh-CN").body()).contains("这里什么也没有");
    }

    @Test
    void keepsStaticFilesInsideTheirFolder() throws Exception {
        assertThat(web.get("static/x/favicon.svg").headers().firstValue("Cache-Control"))
                .contains("public, max-age=31536000, immutable");
        assertThat(web.get("static/x/..%2f..%2fhudson/Functions.class").statusCode())
                .isIn(400, 404);
        assertThat(web.get("static/x/META-INF/MANIFEST.MF").statusCode()).isEqualTo(404);
    }

    @Test
    void upgradesToAWebSocketForItsOwnOriginOnly() throws Exception {
        CompletableFuture<String> heard = new CompletableFuture<>();
        WebSocket.Listener listener = new WebSocket.Listener() {
            @Override
            public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
                heard.complete(text.toString());
                return null;
            }
        };
        java.net.URI address =
                java.net.URI.create(web.at("sample/echo").toString().replace("http://", "ws://"));
        WebSocket socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(address, listener)
                .get(30, TimeUnit.SECONDS);
        socket.sendText("hello", true).get(30, TimeUnit.SECONDS);
        assertThat(heard.get(30, TimeUnit.SECONDS)).isEqualTo("echo hello");
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").get(30, TimeUnit.SECONDS);

        CompletableFuture<WebSocket> foreign = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .header("Origin", "http://elsewhere.example")
                .buildAsync(address, listener);
        assertThat(foreign)
                .failsWithin(java.time.Duration.ofSeconds(30))
                .withThrowableOfType(java.util.concurrent.ExecutionException.class)
                .withCauseInstanceOf(WebSocketHandshakeException.class);
        assertThat(web.get("sample/echo").statusCode()).isEqualTo(400);
    }
}
