package io.jenkins.plugins.shera.deploy.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.model.Result;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.shera.bench.Bench;
import io.jenkins.plugins.shera.bench.Repeated;
import io.jenkins.plugins.shera.deploy.ShopTenant;
import io.jenkins.plugins.shera.deploy.TestCluster;
import io.jenkins.plugins.shera.deploy.canary.RealRollout;
import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.deploy.steps.rollout.Releases;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import io.jenkins.plugins.shera.kube.watch.Mirror;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.fixtures.JenkinsSessionFixture;

/**
 * What needs a real cluster, which KUBECONFIG names: as many canaries as its node has room for, and {@code deployApplication} in turns with
 * {@code kubectl}, which is found on the PATH, or named by KUBECTL as a program and its first words.
 */
final class RealClusterBench {

    private static final int CANARIES = 50;
    private static final int SPARE_PODS = 10;
    private static final int PAUSE_SECONDS = 20;
    private static final List<String> KUBECTL = program();
    private static final int ROUNDS = 5;
    private static final ResourceKind NODE = new ResourceKind("v1", "Node", "nodes", false);

    private final Bench bench;
    private final TestCluster cluster;
    private final int most;
    private final int pause;

    private RealClusterBench(Bench bench, TestCluster cluster, int most, int pause) {
        this.bench = bench;
        this.cluster = cluster;
        this.most = most;
        this.pause = pause;
    }

    /** {@code [canaries [seconds of each pause]]}, 50 of 20 when left out. */
    public static void main(String[] arguments) throws Throwable {
        Bench bench = new Bench();
        run(
                bench,
                arguments.length > 0 ? Integer.parseInt(arguments[0]) : CANARIES,
                arguments.length > 1 ? Integer.parseInt(arguments[1]) : PAUSE_SECONDS);
        bench.exit();
    }

    /** Empty where there is none. */
    private static List<String> program() {
        String named = System.getenv("KUBECTL");
        return named != null && !named.isBlank()
                ? List.of(named.strip().split("\\s+"))
                : Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .map(folder -> Path.of(folder, "kubectl"))
                        .filter(Files::isExecutable)
                        .map(Path::toString)
                        .limit(1)
                        .toList();
    }

    /** Says on standard error what is not measured, and why. */
    static void run(Bench bench) throws Throwable {
        run(bench, CANARIES, PAUSE_SECONDS);
    }

    private static void run(Bench bench, int most, int pause) throws Throwable {
        if (System.getenv("KUBECONFIG") == null) {
            CanaryBench.say("KUBECONFIG names no cluster: nothing is measured on a real one");
            return;
        }
        JenkinsSessionFixture jenkins = new JenkinsSessionFixture();
        jenkins.setUp("RealClusterBench", "run");
        try (TestCluster cluster = TestCluster.open()) {
            jenkins.then(rule -> {
                WorkflowJob job = ShopTenant.job(cluster, rule, false, "");
                RealClusterBench here = new RealClusterBench(bench, cluster, most, pause);
                if (!KUBECTL.isEmpty()) {
                    here.deploy(rule, job);
                } else {
                    CanaryBench.say("there is no kubectl on the PATH, and KUBECTL names none:"
                            + " deployApplication is not measured beside it");
                }
                here.canaries();
            });
        } finally {
            jenkins.tearDown();
        }
    }

    private void deploy(JenkinsRule rule, WorkflowJob job) throws Exception {
        String step = "deployApplication(application: 'shop', image: 'localhost/busybox:1', port: 8080, replicas: %d,"
                + " env: [VERSION: '%d'])";
        ours(rule, job, step.formatted(0, 0));
        // The image has no program of its own; what another manager set is left alone by ours.
        kubectl(
                "patch",
                "deployment",
                "shop",
                "--patch",
                "{\"spec\":{\"template\":{\"spec\":{\"terminationGracePeriodSeconds\":1,\"containers\":[{\"name\":\"shop\","
                        + "\"command\":[\"httpd\",\"-f\",\"-p\",\"8080\"]}]}}}}");
        ours(rule, job, step.formatted(1, 1));
        peer(1);
        double[] our = new double[ROUNDS];
        double[] their = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            our[i] = ours(rule, job, step.formatted(1, i + 2));
            their[i] = peer(i + 2);
        }
        double theirs = Repeated.percentile(their, 50);
        bench.measure(
                        "deployApplication beside kubectl apply and rollout status, median of " + ROUNDS + " (s)",
                        Repeated.percentile(our, 50),
                        theirs)
                .atMost(theirs + 1);
    }

    private static double ours(JenkinsRule rule, WorkflowJob job, String script) throws Exception {
        job.setDefinition(new CpsFlowDefinition(script, true));
        long start = System.nanoTime();
        rule.assertBuildStatus(Result.SUCCESS, job.scheduleBuild2(0));
        return (System.nanoTime() - start) / 1e9;
    }

    /** The same Deployment under another name, given to kubectl as a file. */
    private double peer(int version) throws Exception {
        JsonNode live = cluster.api().get("/apis/apps/v1/namespaces/" + cluster.namespace() + "/deployments/shop");
        ObjectNode twin = JsonNodeFactory.instance
                .objectNode()
                .put("apiVersion", "apps/v1")
                .put("kind", "Deployment");
        twin.putObject("metadata").put("name", "peer");
        ObjectNode spec = live.path("spec").deepCopy();
        String text = twin.set("spec", spec)
                .toString()
                .replace("\"app.kubernetes.io/name\":\"shop\"", "\"app.kubernetes.io/name\":\"peer\"")
                .replaceAll("(\"name\":\"VERSION\",\"value\":)\"[0-9]+\"", "$1\"" + version + "\"");
        Path file = Files.writeString(Files.createTempFile("peer", ".json"), text);
        long start = System.nanoTime();
        kubectl("apply", "-f", file.toString());
        kubectl("rollout", "status", "deployment/peer");
        double took = (System.nanoTime() - start) / 1e9;
        Files.delete(file);
        return took;
    }

    private void kubectl(String... arguments) throws Exception {
        List<String> line = new ArrayList<>(KUBECTL);
        line.addAll(List.of("-n", cluster.namespace()));
        line.addAll(List.of(arguments));
        Process process = new ProcessBuilder(line)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException(line + " ended with " + process.exitValue());
        }
    }

    private int room() throws Exception {
        int room = 0;
        for (JsonNode node : cluster.api().list(NODE, "", "", "")) {
            room += node.path("status").path("allocatable").path("pods").asInt();
        }
        int taken = cluster.api().get("/api/v1/pods").path("items").size();
        return Math.max(1, Math.min(most, (room - taken - SPARE_PODS) / 2));
    }

    private void canaries() throws Exception {
        int many = room();
        CanaryBench.say("the node has room for " + many + " canaries of one pod beside one");
        List<Application> applications =
                new ArrayList<>(SheraConfiguration.get().getApplications());
        for (int i = 0; i < many; i++) {
            Application application = new Application("retail", "canary-" + i);
            application.setEnvironments(List.of(new Environment("prod", "real", cluster.namespace())));
            applications.add(application);
            new RealRollout(cluster, "canary-" + i).deploy(1);
        }
        List<JsonNode> moves = new CopyOnWriteArrayList<>();
        ResourceKind maps = new ResourceKind("v1", "ConfigMap", "configmaps", true);
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2);
                Mirror mirror = Mirror.open(
                        cluster.api(),
                        cluster.namespace(),
                        List.of(new Mirror.Part(maps, ""), new Mirror.Part(ResourceKind.SERVICE, "")),
                        object -> Moves.of(object).ifPresent(moves::add))) {
            SheraConfiguration.get().setApplications(applications);
            Awaitility.await().until(mirror::isSynced);
            for (int i = 0; i < many; i++) {
                Releases.begin(subject(i), RealRollout.IMAGE, "2", CanaryBench.steps(pause));
            }
            Thread.sleep(3 * pause * 1000L);
            int aborted = Math.min(5, many);
            double[] took = new double[aborted];
            long[] told = new long[aborted];
            for (int i = 0; i < aborted; i++) {
                told[i] = System.currentTimeMillis();
                Releases.abort(subject(i));
            }
            while (Releases.underWay() > 0) {
                Thread.sleep(1000);
            }
            for (int i = 0; i < aborted; i++) {
                took[i] = Moves.untilNoWeight(moves, "canary-" + i, told[i]);
            }
            ObjectNode all = JsonNodeFactory.instance.objectNode();
            moves.forEach(all.putArray("moves")::add);
            double[] late = Lateness.of(all.path("moves"), pause * 1000L);
            String what = many + " canaries of 5 steps of " + pause + " s on the cluster: ";
            bench.measure(what + "step lateness p99 (s)", Repeated.percentile(late, 99))
                    .atMost(2);
            bench.measure(
                            what + "abort until weight 0, the slowest of " + aborted + " (ticks of 1 s)",
                            Repeated.percentile(took, 100))
                    .atMost(2);
        }
    }

    private Subject subject(int index) {
        return new Subject("retail", "canary-" + index, "prod", "real", cluster.namespace());
    }
}
