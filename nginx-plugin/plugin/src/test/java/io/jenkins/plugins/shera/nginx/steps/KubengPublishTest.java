package io.jenkins.plugins.shera.nginx.steps;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hudson.model.Result;
import io.jenkins.plugins.shera.kubeng.Settings;
import io.jenkins.plugins.shera.kubeng.daemon.Daemon;
import io.jenkins.plugins.shera.nginx.config.KubengDesks;
import io.jenkins.plugins.shera.nginx.config.KubengKeys;
import io.jenkins.plugins.shera.nginx.intent.Intent;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;

/** Builds publish and weigh on daemons that ask Jenkins for what they serve. */
class KubengPublishTest extends KubengRig {
    @Test
    void buildsPublishAndWeighAndTheNodesGoOnWithoutJenkins() throws Exception {
        oneNode();
        Daemon daemon = daemon(one, "one");
        int stable = backend("stable");
        int canary = backend("canary");

        WorkflowRun run = run(
                "publish",
                "retail",
                "def r = " + publish(stable) + "echo \"generation ${r.generation} on ${r.nodes}\"\n"
                        + "setRouteWeight(application: 'shop', environment: 'dev', members: ['127.0.0.1:" + canary
                        + "'], weight: 100)");

        jenkins.assertBuildStatus(Result.SUCCESS, run);
        jenkins.assertLogContains("generation 1 on 1", run);
        soon().until(() -> ask(one.port()).equals("canary"));
        JsonNode cluster = new ObjectMapper()
                .readTree(as("admin", "nodes?cluster=edge", null).body());
        assertThat(cluster.at("/daemons/0/routes/generation").asLong()).isEqualTo(1);
        assertThat(cluster.at("/daemons/0/routes/sha").asText())
                .isEqualTo(KubengDesks.get()
                        .desk(edge())
                        .intent(Intent.Kind.ROUTES)
                        .tag()
                        .substring(2));
        assertThat(cluster.at("/routes/0/percent").asInt()).isEqualTo(100);

        WorkflowRun taken = run("taken", "bank", publish(stable));
        jenkins.assertBuildStatus(Result.FAILURE, taken);
        jenkins.assertLogContains("belongs to another tenant of this nginx cluster", taken);
        WorkflowRun drift = run("drift", "retail", "checkDrift()");
        jenkins.assertBuildStatus(Result.FAILURE, drift);
        jenkins.assertLogContains("has KubeNg nodes", drift);

        // The token counts no more, so Jenkins is as good as away; the daemon begins anew with what lies on its disk.
        KubengKeys.get().revoke("edge", "one");
        daemon.close();
        Daemon alone = Daemon.start(Settings.read(folder.resolve("one/kubeng.properties")));
        toClose.add(alone);
        soon().until(() -> alone.state(Intent.Kind.WEIGHTS).generation() == 1);
        soon().until(() -> alone.state(Intent.Kind.ROUTES).generation() == 1);
        assertThat(ask(one.port())).isEqualTo("canary");
    }

    @Test
    void aShareGoesToADnsNameThatTheNodesAskFor() throws Exception {
        oneNode();
        daemon(one, "one");
        int stable = backend("stable");
        int canary = backend("canary");
        String weigh = "setRouteWeight(application: 'shop', environment: 'dev', weight: 100, members: ['";

        WorkflowRun run = run("publish", "retail", publish(stable) + weigh + "localhost:" + canary + "'])");

        jenkins.assertBuildStatus(Result.SUCCESS, run);
        jenkins.assertLogContains("100 % of the requests go to [localhost:" + canary + "] (nginx cluster edge)", run);
        soon().until(() -> ask(one.port()).equals("canary"));
        WorkflowRun slip = run("slip", "retail", weigh + "10.0.0:80'])");
        jenkins.assertBuildStatus(Result.FAILURE, slip);
        jenkins.assertLogContains("The member '10.0.0:80' is not an IP address with a port", slip);
    }

    @Test
    void aNodeThatRefusesPutsTheOthersBack() throws Exception {
        daemon(one, "one");
        Path main = two.installation().mainConfig();
        Files.writeString(main, Files.readString(main).replace(" access_log ", " no_such_directive on; access_log "));
        daemon(two, "two");

        WorkflowRun run = run("publish", "retail", publish(backend("never")));

        jenkins.assertBuildStatus(Result.FAILURE, run);
        jenkins.assertLogContains("the KubeNg node two of nginx cluster edge does not serve generation 1", run);
        jenkins.assertLogContains("no_such_directive", run);
        assertThat(KubengDesks.get().desk(edge()).intent(Intent.Kind.ROUTES))
                .satisfies(intent -> assertThat(intent.generation()).isEqualTo(2))
                .satisfies(intent -> assertThat(intent.routes()).isEmpty());
    }
}
