package io.jenkins.plugins.shera.monitoring.rules;

import io.jenkins.plugins.shera.monitoring.prometheus.PrometheusClient;
import io.jenkins.plugins.shera.monitoring.prometheus.Series;
import io.jenkins.plugins.shera.monitoring.promql.Expr;
import io.jenkins.plugins.shera.monitoring.promql.Matcher;
import io.jenkins.plugins.shera.monitoring.served.ThresholdDaemon;
import io.jenkins.plugins.shera.monitoring.thresholds.InvalidThresholdException;
import io.jenkins.plugins.shera.monitoring.thresholds.ServedBook;
import io.jenkins.plugins.shera.monitoring.thresholds.ServedThreshold;
import io.jenkins.plugins.shera.nodes.Rollover;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * Thresholds that a daemon serves to {@link LadderRules}; only what these cannot say stays among the rules of another target. A change of
 * a served threshold touches no rule and needs no reload: it is in force once Prometheus has scraped it.
 */
public final class ServedRules implements RuleTarget {

    private static final Duration PROOF_LIMIT = Duration.ofMinutes(3);
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final RuleTarget files;
    private final ThresholdDaemon daemon;
    private final PrometheusClient server;
    private final String job;
    private final RuleFile ladder;
    private final Duration limit;

    /**
     * Nothing is done yet.
     *
     * @param files where rules lie
     * @param job as which the server scrapes the daemon
     */
    public ServedRules(RuleTarget files, ThresholdDaemon daemon, PrometheusClient server, String job) {
        this(files, daemon, server, job, PROOF_LIMIT);
    }

    ServedRules(RuleTarget files, ThresholdDaemon daemon, PrometheusClient server, String job, Duration limit) {
        this.files = files;
        this.daemon = daemon;
        this.server = server;
        this.job = job;
        this.ladder = LadderRules.of(job);
        this.limit = limit;
    }

    private static boolean isTenant(String owner) {
        return RuleFile.tenantOf(RuleFile.fileName(owner)).isPresent();
    }

    /** What of a tenant needs rules of its own. */
    private static RuleFile rest(RuleFile rules) {
        return new RuleFile(
                rules.tenant(),
                rules.rules().stream().filter(each -> each.served() == null).toList());
    }

    private static List<ServedThreshold> served(RuleFile rules) {
        return rules.rules().stream()
                .map(AlertRule::served)
                .filter(Objects::nonNull)
                .toList();
    }

    @Override
    public void apply(List<RuleFile> rules) throws IOException, InterruptedException {
        List<RuleFile> changed = new ArrayList<>();
        List<RuleFile> before = new ArrayList<>();
        if (!isLadder()) {
            changed.add(ladder);
        }
        for (RuleFile each : rules) {
            RuleFile rest = rest(each);
            RuleFile was = new RuleFile(each.tenant(), files.stored(each.tenant()));
            if (!was.rules().equals(rest.rules())) {
                changed.add(rest);
                before.add(was);
            }
        }
        if (!changed.isEmpty()) {
            files.apply(changed);
        }
        Map<String, ServedBook> held = new TreeMap<>();
        Map<String, ServedBook> now = new TreeMap<>();
        try {
            for (RuleFile each : rules) {
                replace(each, held, now);
            }
            await(now);
        } catch (IOException | InterruptedException | RuntimeException e) {
            putBack(held, now, before, e);
            throw e;
        }
    }

    private void replace(RuleFile rules, Map<String, ServedBook> held, Map<String, ServedBook> now) throws IOException {
        String tenant = rules.tenant();
        if (!isTenant(tenant)) {
            return;
        }
        ServedBook was = daemon.read(tenant);
        ServedBook wanted = new ServedBook(was.generation(), served(rules));
        if (!wanted.equals(was)) {
            held.put(tenant, was);
            now.put(tenant, new ServedBook(daemon.replace(tenant, wanted), wanted.thresholds()));
        }
    }

    private void putBack(
            Map<String, ServedBook> held, Map<String, ServedBook> now, List<RuleFile> before, Exception first)
            throws InterruptedException {
        for (Map.Entry<String, ServedBook> each : now.entrySet()) {
            try {
                long after = each.getValue().generation();
                daemon.replace(
                        each.getKey(),
                        new ServedBook(after, held.get(each.getKey()).thresholds()));
            } catch (IOException e) {
                // The first failure tells what is wrong; that the way back failed too must not hide it.
                first.addSuppressed(e);
            }
        }
        if (!before.isEmpty()) {
            try {
                files.apply(before);
            } catch (IOException e) {
                first.addSuppressed(e);
            }
        }
    }

    /** Until the server has scraped what the daemon serves now. */
    private void await(Map<String, ServedBook> now) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        for (Map.Entry<String, ServedBook> each : now.entrySet()) {
            ServedBook book = each.getValue();
            while (generation(each.getKey()) != book.generation()) {
                if (System.nanoTime() > deadline) {
                    throw new Rollover.RefusedException("The daemon took the thresholds of " + each.getKey()
                            + ", but Prometheus has not scraped them. Check that a job " + job
                            + " of its configuration names the daemon, and on its page Targets that it is up.");
                }
                TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
            }
            Matcher tenant = Matcher.equal("tenant", each.getKey());
            if (!scraped(server, job, tenant).equals(new HashSet<>(book.thresholds()))) {
                throw new Rollover.RefusedException("Prometheus scraped other thresholds of " + each.getKey()
                        + " than the daemon serves. Give the job " + job
                        + " honor_labels: true, and no metric_relabel_configs.");
            }
        }
    }

    private long generation(String tenant) throws IOException {
        List<Series> found = server.now(
                Expr.series(ServedBook.GENERATION, Matcher.equal("job", job), Matcher.equal("tenant", tenant)));
        return found.size() == 1 ? (long) found.get(0).samples().get(0).value() : -1;
    }

    private static Set<ServedThreshold> scraped(PrometheusClient server, String job, Matcher... more)
            throws IOException {
        List<Matcher> matchers = new ArrayList<>(List.of(Matcher.equal("job", job)));
        matchers.addAll(List.of(more));
        Set<ServedThreshold> all = new HashSet<>();
        for (Series each : server.now(new Expr.Selector(ServedBook.METRIC, matchers))) {
            try {
                all.add(ServedThreshold.read(
                        each.labels(), each.samples().get(0).value()));
            } catch (InvalidThresholdException e) {
                return Set.of();
            }
        }
        return all;
    }

    /** Whether a server evaluates just these rules of one application in one environment, and has scraped the thresholds among them. */
    public static boolean isInForce(PrometheusClient server, String job, AlertRule.Owner owner, List<AlertRule> wanted)
            throws IOException {
        RuleFile all = new RuleFile(owner.tenant(), wanted);
        String group = RuleFile.groupName(owner.tenant());
        String ladder = RuleFile.groupName(LadderRules.OWNER);
        return PrometheusRules.marks(server.rules(ladder), ladder).equals(PrometheusRules.marks(LadderRules.of(job)))
                && PrometheusRules.isInForce(
                        server.rules(group), owner, rest(all).rules())
                && scraped(
                                server,
                                job,
                                Matcher.equal("tenant", owner.tenant()),
                                Matcher.equal("application", owner.application()),
                                Matcher.equal("environment", owner.environment()))
                        .equals(new HashSet<>(served(all)));
    }

    @Override
    public void check(RuleFile rules) throws IOException, InterruptedException {
        if (!new ServedBook(0, served(rules)).isOf(rules.tenant())) {
            throw new IllegalArgumentException("the rules of " + rules.tenant() + " hold some of another tenant");
        }
        files.check(rest(rules));
    }

    @Override
    public List<AlertRule> stored(String tenant) throws IOException {
        List<AlertRule> all = new ArrayList<>(files.stored(tenant));
        if (isTenant(tenant)) {
            daemon.read(tenant).thresholds().forEach(each -> all.add(AlertRule.of(each)));
        }
        return all;
    }

    private boolean isLadder() throws IOException {
        return files.stored(LadderRules.OWNER).equals(ladder.rules());
    }

    @Override
    public boolean isPlaced(RuleFile rules) throws IOException {
        if (!isTenant(rules.tenant())) {
            return true;
        }
        ServedBook held = daemon.read(rules.tenant());
        return isLadder()
                && held.thresholds().equals(new ServedBook(0, served(rules)).thresholds())
                && files.stored(rules.tenant()).equals(rest(rules).rules());
    }

    @Override
    public Set<String> tenants() throws IOException {
        Set<String> tenants = new TreeSet<>(files.tenants());
        tenants.addAll(daemon.tenants());
        return tenants;
    }
}
