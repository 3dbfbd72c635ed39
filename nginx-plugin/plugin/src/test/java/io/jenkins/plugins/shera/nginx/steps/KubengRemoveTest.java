package io.jenkins.plugins.shera.nginx.steps;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.shera.nginx.config.KubengDesks;
import io.jenkins.plugins.shera.nginx.intent.IntendedWeight;
import io.jenkins.plugins.shera.nginx.intent.Intent;
import io.jenkins.plugins.shera.nginx.intent.Target;
import io.jenkins.plugins.shera.nginx.model.Member;
import io.jenkins.plugins.shera.nginx.model.RouteOwner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;

/** Builds take routes away from daemons that ask Jenkins for what they serve. */
class KubengRemoveTest extends KubengRig {
    private static final String REMOVE =
            "def r = removeRoute(host: 'shop.example.com')\necho \"gone at ${r.generation}\"";

    @Test
    void theRouteGoesWithItsShareAndOthersStay() throws Exception {
        oneNode();
        daemon(one, "one");
        int backend = backend("stable");
        String theirs = publish(backend).replace("shop.example.com", "bank.example.com");
        jenkins.assertBuildStatus(Result.SUCCESS, run("publish", "retail", publish(backend)));
        jenkins.assertBuildStatus(Result.SUCCESS, run("publish", "bank", theirs));
        RouteOwner owner = RouteOwner.of("retail", "shop", "dev");
        KubengNodes nodes = new KubengNodes(edge());
        nodes.want(weight(owner, 20, backend, 7));

        WorkflowRun held = run("held", "retail", REMOVE);
        jenkins.assertBuildStatus(Result.FAILURE, held);
        jenkins.assertLogContains("The rollout shop-7 holds the canary of shop.example.com/", held);
        WorkflowRun foreign = run("foreign", "bank", REMOVE);
        jenkins.assertBuildStatus(Result.FAILURE, foreign);
        jenkins.assertLogContains("There are: bank.example.com:" + one.port() + "/", foreign);
        assertThat(nodes.isRouted(owner)).isTrue();

        nodes.want(new IntendedWeight(owner, 0, List.of(), List.of(), "shop-7", 7, 0));
        WorkflowRun run = run("remove", "retail", REMOVE);

        jenkins.assertBuildStatus(Result.SUCCESS, run);
        jenkins.assertLogContains("gone at 3", run);
        soon().until(() -> !ask(one.port()).equals("stable"));
        assertThat(nodes.weightOf(owner).orElseThrow().generation())
                .as("an older rollout is refused still")
                .isEqualTo(7);
        assertThat(KubengDesks.get().desk(edge()).intent(Intent.Kind.ROUTES).routes())
                .singleElement()
                .satisfies(left -> assertThat(left.owner().tenant()).isEqualTo("bank"));
    }

    @Test
    void aNodeThatCannotGiveItUpLetsAllKeepItWithItsShare() throws Exception {
        oneNode();
        daemon(one, "one");
        int backend = backend("stable");
        jenkins.assertBuildStatus(Result.SUCCESS, run("publish", "retail", publish(backend)));
        RouteOwner owner = RouteOwner.of("retail", "shop", "dev");
        IntendedWeight byHand = weight(owner, 100, backend("canary"), 0);
        new KubengNodes(edge()).want(byHand);
        soon().until(() -> ask(one.port()).equals("canary"));
        Path main = one.installation().mainConfig();
        Files.writeString(main, Files.readString(main).replace(" access_log ", " no_such_directive on; access_log "));

        WorkflowRun run = run("remove", "retail", REMOVE);

        jenkins.assertBuildStatus(Result.FAILURE, run);
        jenkins.assertLogContains("was not removed from nginx cluster edge, and is wanted there as before", run);
        jenkins.assertLogContains("no_such_directive", run);
        KubengNodes nodes = new KubengNodes(edge());
        assertThat(nodes.isRouted(owner)).isTrue();
        assertThat(nodes.weightOf(owner)).contains(byHand);
        assertThat(ask(one.port())).isEqualTo("canary");
    }

    @Test
    void aPlanTellsWhatWouldBeWantedAndWantsNothing() throws Exception {
        String wish = "{\"nginx\":\"edge\",\"application\":\"shop\",\"environment\":\"dev\",\"dryRun\":true,"
                + "\"host\":\"shop.example.com\",\"members\":[\"erp.example.com:8080\"],"
                + "\"rules\":{\"requestHeaders\":\"X-Api-Token: s3cret\",\"maxBody\":\"20m\"}}";

        String plan = as("dev", "publish", wish).body();

        assertThat(plan)
                .contains("route shop.example.com:" + one.port() + "/\\nto erp.example.com:8080", "maxBody 20m")
                .contains("requestHeaders X-Api-Token")
                .doesNotContain("s3cret");
        assertThat(KubengDesks.get().desk(edge()).intent(Intent.Kind.ROUTES).generation())
                .isZero();
    }

    private static IntendedWeight weight(RouteOwner owner, int percent, int port, long generation) throws Exception {
        return new IntendedWeight(
                owner,
                percent,
                List.of(),
                List.of(Target.of(Member.of("127.0.0.1", port, 1))),
                generation == 0 ? "by hand" : "shop-7",
                generation,
                0);
    }
}
