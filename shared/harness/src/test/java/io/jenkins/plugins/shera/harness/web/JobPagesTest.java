package io.jenkins.plugins.shera.harness.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hudson.model.ParametersDefinitionProperty;
import hudson.model.StringParameterDefinition;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs and builds as a browser meets them. */
class JobPagesTest {
    @TempDir
    Path home;

    private Web web;

    @BeforeEach
    void start() throws Exception {
        web = new Web(home);
    }

    @AfterEach
    void stop() {
        web.close();
    }

    @Test
    void buildsAndShowsLogStagesAndJson() throws Exception {
        job("shop", "stage('Compile') { echo 'hello <b>world</b>' }");

        assertThat(web.postWithCrumb("job/shop/build", "").statusCode()).isEqualTo(201);
        ended("shop", 1, "SUCCESS");

        HttpResponse<String> log = web.get("job/shop/1/logText/progressiveText?start=0");
        assertThat(log.body()).contains("hello <b>world</b>");
        assertThat(log.headers().firstValue("X-More-Data")).isEmpty();
        String size = log.headers().firstValue("X-Text-Size").orElseThrow();
        assertThat(web.get("job/shop/1/logText/progressiveText?start=" + size).body())
                .isEmpty();
        assertThat(web.get("job/shop/1/").body()).contains("Compile", "success");
        assertThat(web.get("job/shop/lastBuild/consoleText").body()).contains("hello");
        assertThat(web.get("api/json?tree=jobs%5Bname,lastBuild%5Bnumber%5D%5D").body())
                .contains("\"name\":\"shop\"", "\"number\":1")
                .doesNotContain("\"url\"");
        assertThat(web.get("job/shop/logText/nothing").statusCode()).isEqualTo(404);
    }

    @Test
    void asksForParametersAndTakesThem() throws Exception {
        WorkflowJob job = job("deploy", "echo \"to ${params.environment}\"");
        job.addProperty(new ParametersDefinitionProperty(new StringParameterDefinition("environment", "dev")));

        assertThat(web.get("job/deploy/").body()).contains("name=\"environment\"", "value=\"dev\"");
        assertThat(web.postWithCrumb("job/deploy/build", "").statusCode()).isEqualTo(400);
        web.postWithCrumb("job/deploy/buildWithParameters", "environment=prod");
        ended("deploy", 1, "SUCCESS");
        assertThat(web.get("job/deploy/1/consoleText").body()).contains("to prod");
        assertThat(web.get("job/deploy/1/").body()).contains("<code>prod</code>");
    }

    @Test
    void waitsForAnAnswerOnThePage() throws Exception {
        job("gate", "input message: 'Go on?', ok: 'Do it'\necho 'went on'");
        web.postWithCrumb("job/gate/build", "");
        await().atMost(java.time.Duration.ofSeconds(60))
                .until(() -> web.get("job/gate/1/").body().contains("Do it"));
        String page = web.get("job/gate/1/").body();
        String action = page.replaceAll("(?s).*action=\"/jenkins/(job/gate/1/input/[^\"]+)\".*", "$1");

        assertThat(web.postWithCrumb(action, "proceed=true").statusCode()).isEqualTo(302);

        ended("gate", 1, "SUCCESS");
        assertThat(web.get("job/gate/1/consoleText").body()).contains("went on");
    }

    @Test
    void refusesAStartThatIsNoNumber() throws Exception {
        job("shop", "echo 'x'");
        web.postWithCrumb("job/shop/build", "");
        ended("shop", 1, "SUCCESS");

        assertThat(web.get("job/shop/1/logText/progressiveText?start=-1").statusCode())
                .isEqualTo(400);
    }

    private WorkflowJob job(String name, String script) throws Exception {
        WorkflowJob job = web.jenkins.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    private void ended(String job, int number, String result) {
        await().atMost(java.time.Duration.ofSeconds(60))
                .until(() -> web.get("job/" + job + "/" + number + "/api/json?tree=result")
                        .body()
                        .contains(result));
    }
}
