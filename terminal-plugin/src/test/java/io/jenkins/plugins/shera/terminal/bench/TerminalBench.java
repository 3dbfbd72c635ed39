package io.jenkins.plugins.shera.terminal.bench;

import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.shera.bench.Bench;
import io.jenkins.plugins.shera.bench.Repeated;
import io.jenkins.plugins.shera.terminal.config.DockerEngine;
import io.jenkins.plugins.shera.terminal.config.TerminalConfiguration;
import io.jenkins.plugins.shera.terminal.desk.PackageTenant;
import io.jenkins.plugins.shera.terminal.docker.TestEngine;
import io.jenkins.plugins.shera.terminal.pack.TestPods;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.fixtures.JenkinsSessionFixture;

/**
 * A shell in a container of a real cluster: through Jenkins as a browser has it, and by {@code kubectl exec -it}, in turns. Ours is
 * the harness' Jenkins, with a client that confirms what it got; a browser's own drawing is not in it.
 */
final class TerminalBench {
    private static final int LINES = 4_000_000;
    private static final int KEYS = 300;
    private static final int ROUNDS = 3;
    /** As many as a Jenkins has, but for those that have just ended. */
    private static final int MOST_IDLE = 990;

    private final Bench bench = new Bench();
    private final TestPods pods;
    private final String root;

    private TerminalBench(TestPods pods, String root) {
        this.pods = pods;
        this.root = root;
    }

    /**
     * Takes the minutes for which sessions are idle, one where none are said, and {@code idle} to measure only those; needs KUBECONFIG, kubectl, script, busybox and docker-registry; for most of the idle
     * sessions DOCKER_HOST.
     */
    public static void main(String[] arguments) throws Throwable {
        List<String> said = List.of(arguments);
        boolean idleAlone = said.contains("idle");
        long minutes = said.stream()
                .filter(each -> each.matches("[0-9]{1,4}"))
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElse(1);
        Path folder = Files.createTempDirectory("shera-bench-terminal");
        JenkinsSessionFixture jenkins = new JenkinsSessionFixture();
        jenkins.setUp("TerminalBench", "main");
        boolean[] met = new boolean[1];
        try (TestPods pods = new TestPods(folder)) {
            pods.image("shop", "1", List.of("sh", "cat", "seq", "sleep", "stty", "echo"), "0");
            pods.start("shop-1", pods.reference("shop", "1"));
            jenkins.then(rule -> {
                PackageTenant.configure(rule, pods);
                people(rule);
                TerminalBench bench = new TerminalBench(pods, rule.getURL().toString());
                if (!idleAlone) {
                    bench.measure();
                    bench.interrupted();
                    bench.backlog();
                }
                bench.idle(folder, minutes);
                met[0] = bench.bench.allMet();
            });
        } finally {
            jenkins.tearDown();
        }
        System.exit(met[0] ? 0 : 1);
    }

    private static void people(JenkinsRule rule) {
        MockAuthorizationStrategy all = new MockAuthorizationStrategy();
        rule.jenkins.setAuthorizationStrategy(
                all.grant(jenkins.model.Jenkins.ADMINISTER).everywhere().toAuthenticated());
    }

    private Arm ours() throws Exception {
        return new OurTerminal(root, "ada", "shop-1");
    }

    private Arm peer() throws Exception {
        return new PeerTerminal(List.of("kubectl", "exec", "-it", "-n", pods.namespace(), "shop-1", "--", "sh"));
    }

    private interface Maker {
        Arm make() throws Exception;
    }

    private void measure() throws Exception {
        double[] our = new double[ROUNDS];
        double[] their = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            our[i] = rate(this::ours);
            their[i] = rate(this::peer);
        }
        bench.measure(
                        "flood of " + bytes() / 1_000_000 + " MB (MB/s)",
                        Repeated.percentile(our, 50),
                        Repeated.percentile(their, 50))
                .atLeastTimes(0.8);
        bench.measure("bytes lost, reordered or altered in the flood", whole() ? 0 : 1)
                .atMost(0);
        double[] ourKeys = keys(this::ours);
        double[] theirKeys = keys(this::peer);
        double theirs50 = Repeated.percentile(theirKeys, 50);
        double theirs99 = Repeated.percentile(theirKeys, 99);
        bench.measure("keystroke to echo, p50 (ms)", Repeated.percentile(ourKeys, 50), theirs50)
                .atMost(theirs50 + 2);
        bench.measure("keystroke to echo, p99 (ms)", Repeated.percentile(ourKeys, 99), theirs99)
                .atMost(theirs99 + 10);
    }

    /** From the key to the prompt, while a program prints as fast as it can. */
    private void interrupted() throws Exception {
        double[] our = new double[ROUNDS * 3];
        double[] their = new double[ROUNDS * 3];
        for (int i = 0; i < our.length; i++) {
            our[i] = interrupt(this::ours);
            their[i] = interrupt(this::peer);
        }
        bench.measure(
                        "Ctrl-C in a flood until the shell answers, the slowest of " + our.length + " (ms)",
                        Repeated.percentile(our, 100),
                        Repeated.percentile(their, 100))
                .atMost(300);
    }

    private static double interrupt(Maker maker) throws Exception {
        try (Arm arm = ready(maker)) {
            long before = arm.got();
            arm.type("seq 1 1000000000\r");
            arm.await(before + 4_000_000);
            long at = arm.got();
            long start = System.nanoTime();
            arm.type("\u0003");
            arm.type("echo st''op\r");
            said(arm, at, "stop\r\n");
            return (System.nanoTime() - start) / 1e6;
        }
    }

    /** What is under way to a browser that shows nothing. */
    private void backlog() throws Exception {
        try (Arm arm = ready(() -> new OurTerminal(root, "ada", "shop-1", "main", false))) {
            arm.type("seq 1 " + LINES + "\r");
            long got = -1;
            while (got != arm.got()) {
                got = arm.got();
                Thread.sleep(3000);
            }
            bench.measure("sent to a browser that shows nothing (MB)", got / 1e6)
                    .atMost(1);
        }
    }

    private void idle(Path folder, long minutes) throws Exception {
        try (IdleSessions sessions = new IdleSessions(root)) {
            sessions.warmUp("shop-1", "main");
            sessions.open(100, "shop-1", "main");
            if (System.getenv("DOCKER_HOST") == null) {
                System.err.println(
                        "bench terminal: DOCKER_HOST names no engine, so idle sessions are those of pods alone");
                sessions.measure(bench, minutes);
                return;
            }
            try (TestEngine engine = new TestEngine(folder)) {
                engine.image("idle", "1", List.of("sh", "cat", "sleep", "kill"), Map.of());
                // The shells live as long as its own program: cat reads until the engine closes its input, which is
                // never.
                String name = engine.start(
                        "idle", engine.reference("idle", "1"), TestEngine.LABELS, "-i", "--entrypoint", "/bin/cat");
                DockerEngine here = new DockerEngine("here", engine.url());
                here.setTenants("retail");
                try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
                    TerminalConfiguration.get().setEngines(List.of(here));
                }
                sessions.open(MOST_IDLE - 100, "docker:here", name);
                sessions.measure(bench, minutes);
            }
        }
    }

    private static long bytes() {
        long all = 0;
        long from = 1;
        for (int digits = 1; from <= LINES; digits++, from *= 10) {
            all += (Math.min(LINES, from * 10 - 1) - from + 1) * (digits + 2);
        }
        return all;
    }

    private static Arm ready(Maker maker) throws Exception {
        Arm arm = maker.make();
        arm.type("stty -echo; PS1=; echo rea''dy\r");
        said(arm, 0, "ready\r\n");
        return arm;
    }

    private static void said(Arm arm, long from, String text) throws Exception {
        long got = arm.got();
        while (!arm.since(from).contains(text)) {
            got = arm.await(got + 1);
        }
    }

    private static double rate(Maker maker) throws Exception {
        try (Arm arm = ready(maker)) {
            long before = arm.got();
            long start = System.nanoTime();
            arm.type("seq 1 " + LINES + "\r");
            arm.await(before + bytes());
            return bytes() / 1e6 / ((System.nanoTime() - start) / 1e9);
        }
    }

    private boolean whole() throws Exception {
        MessageDigest expected = MessageDigest.getInstance("SHA-256");
        for (int i = 1; i <= LINES; i++) {
            expected.update((i + "\r\n").getBytes(StandardCharsets.US_ASCII));
        }
        MessageDigest heard = MessageDigest.getInstance("SHA-256");
        try (Arm arm = ready(this::ours)) {
            long before = arm.got();
            ((OurTerminal) arm).heard().digest(heard);
            arm.type("seq 1 " + LINES + "\r");
            long got = arm.await(before + bytes());
            return got == before + bytes() && MessageDigest.isEqual(expected.digest(), heard.digest());
        }
    }

    private static double[] keys(Maker maker) throws Exception {
        try (Arm arm = ready(maker)) {
            arm.type("stty raw echo; cat\r");
            Thread.sleep(1000);
            double[] took = new double[KEYS];
            for (int i = -20; i < KEYS; i++) {
                long before = arm.got();
                long start = System.nanoTime();
                arm.type("x");
                arm.await(before + 1);
                if (i >= 0) {
                    took[i] = (System.nanoTime() - start) / 1e6;
                }
                // Also what cat gives back belongs to this key.
                arm.await(before + 2);
            }
            return took;
        }
    }
}
