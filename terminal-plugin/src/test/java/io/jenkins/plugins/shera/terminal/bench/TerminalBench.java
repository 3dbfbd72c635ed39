package io.jenkins.plugins.shera.terminal.bench;

import io.jenkins.plugins.shera.bench.Bench;
import io.jenkins.plugins.shera.bench.Repeated;
import io.jenkins.plugins.shera.terminal.desk.PackageTenant;
import io.jenkins.plugins.shera.terminal.pack.TestPods;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
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

    private final Bench bench = new Bench();
    private final TestPods pods;
    private final String root;

    private TerminalBench(TestPods pods, String root) {
        this.pods = pods;
        this.root = root;
    }

    /** Takes no arguments; needs KUBECONFIG, kubectl, script, busybox and docker-registry. */
    public static void main(String[] arguments) throws Throwable {
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
                bench.measure();
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
