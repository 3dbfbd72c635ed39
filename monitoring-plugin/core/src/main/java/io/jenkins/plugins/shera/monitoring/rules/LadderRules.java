package io.jenkins.plugins.shera.monitoring.rules;

import io.jenkins.plugins.shera.monitoring.promql.Expr;
import io.jenkins.plugins.shera.monitoring.promql.Matcher;
import io.jenkins.plugins.shera.monitoring.thresholds.Figures;
import io.jenkins.plugins.shera.monitoring.thresholds.Ladder;
import io.jenkins.plugins.shera.monitoring.thresholds.Measure;
import io.jenkins.plugins.shera.monitoring.thresholds.Metric;
import io.jenkins.plugins.shera.monitoring.thresholds.ServedBook;
import io.jenkins.plugins.shera.monitoring.thresholds.ServedThreshold;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The rules over a metric of thresholds, the same for everybody: one for each metric and rung of the {@link Ladder}. A limit that moves
 * changes none of them. While the metric stays out, the limits that were last seen go on to count, and a rule says that it stays out.
 */
public final class LadderRules {

    /** Whose file and group they are: no tenant can be named so. */
    public static final String OWNER = "shera_ladder";

    private static final String KNOWN = "shera:threshold";
    private static final String MEASURED = "shera:measured";
    private static final String BEYOND = "shera:beyond";
    private static final String METRIC = "metric";
    private static final String SERIES = "series";
    private static final String SEVERITY = "severity";
    private static final String LASTING = "for";
    private static final Map<String, String> OURS = Map.of("managed_by", "shera", SEVERITY, ServedThreshold.CRITICAL);

    /** Series that Prometheus scraped have a job: with this none of them can pass for one that these rules made. */
    private static final Matcher RECORDED = Matcher.equal("job", "");

    private final Matcher job;

    private LadderRules(String job) {
        this.job = Matcher.equal("job", job);
    }

    /** All of them, for thresholds that are scraped as this job. */
    public static RuleFile of(String job) {
        return new LadderRules(job).file();
    }

    private RuleFile file() {
        List<Recording> recordings = new ArrayList<>();
        recordings.add(new Recording(KNOWN, known().text(), Map.of()));
        List<AlertRule> rules = new ArrayList<>();
        for (Metric metric : Metric.values()) {
            for (Measure measure : metric.measures()) {
                Map<String, String> labels = Map.of(METRIC, metric.id(), SERIES, measure.series());
                recordings.add(new Recording(MEASURED, measured(metric, measure).text(), labels));
                for (String severity : List.of("warning", ServedThreshold.CRITICAL)) {
                    Map<String, String> more = new LinkedHashMap<>(labels);
                    more.put(SEVERITY, severity);
                    recordings.add(new Recording(
                            BEYOND, beyond(metric, measure, severity).text(), more));
                }
            }
            for (Duration rung : Ladder.rungs()) {
                rules.add(alert(metric, rung));
            }
        }
        rules.add(gone(recordings));
        rules.add(new AlertRule(
                "SheraThresholdsDamaged",
                series(ServedBook.DAMAGED).text() + " > 0",
                Duration.ZERO,
                OURS,
                Map.of("summary", "The daemon could not read the thresholds of {{ $value }} tenants from its disk")));
        return new RuleFile(OWNER, rules, recordings);
    }

    private Expr.Selector series(String name) {
        return Expr.series(name, job);
    }

    /** What is served now, or while nothing is, what was known before. */
    private Expr known() {
        Expr served = new Expr.Aggregate(
                "max",
                List.of(
                        "tenant",
                        "application",
                        "environment",
                        "namespace",
                        "container",
                        METRIC,
                        SERIES,
                        SEVERITY,
                        "sign",
                        LASTING),
                series(ServedBook.METRIC));
        Expr before = new Expr.Joined(
                Expr.series(KNOWN, RECORDED), "unless", List.of(), List.of(), series(ServedBook.DAMAGED));
        return new Expr.Binary(served, "or", before);
    }

    private static Expr.Selector ours(String name, Metric metric, Measure measure, Matcher... more) {
        List<Matcher> matchers = new ArrayList<>(
                List.of(RECORDED, Matcher.equal(METRIC, metric.id()), Matcher.equal(SERIES, measure.series())));
        matchers.addAll(List.of(more));
        return new Expr.Selector(name, matchers);
    }

    private static Expr measured(Metric metric, Measure measure) {
        Everybody all = Everybody.of(measure);
        return new Expr.Joined(all.query(), "and", all.on(), List.of(), ours(KNOWN, metric, measure));
    }

    private static Expr beyond(Metric metric, Measure measure, String severity) {
        return new Expr.Binary(
                beyond(metric, measure, severity, ">", "above"), "or", beyond(metric, measure, severity, "<", "below"));
    }

    private static Expr beyond(Metric metric, Measure measure, String severity, String operator, String sign) {
        return new Expr.Joined(
                ours(MEASURED, metric, measure),
                operator,
                List.of("namespace", "application"),
                List.of("tenant", "environment", LASTING),
                ours(KNOWN, metric, measure, Matcher.equal(SEVERITY, severity), Matcher.equal("sign", sign)));
    }

    private static AlertRule alert(Metric metric, Duration rung) {
        String lasting = Figures.text(rung);
        Expr expr = new Expr.Aggregate(
                "max",
                List.of("tenant", "application", "environment", "namespace", "pod", SEVERITY),
                Expr.series(BEYOND, RECORDED, Matcher.equal(METRIC, metric.id()), Matcher.equal(LASTING, lasting)));
        String found = "{{ with printf `" + KNOWN + "{" + "job=\"\",tenant=%q,application=%q,environment=%q,"
                + "metric=\"" + metric.id() + "\",severity=%q}` $labels.tenant $labels.application"
                + " $labels.environment $labels.severity | query }}";
        String limit = "{{ printf \"%.15g\" (. | first | value) }}";
        Map<String, String> annotations = new LinkedHashMap<>();
        annotations.put(
                "summary",
                "{{ $labels.application }} ({{ $labels.environment }}): " + metric.id() + " is {{ $value | humanize }}"
                        + found + ", {{ . | first | label \"sign\" }} " + limit + "{{ end }}");
        annotations.put(
                "description",
                "{{ with $labels.pod }}Pod {{ . }}. {{ end }}" + found
                        + "Measured by {{ . | first | label \"series\" }}.{{ end }}");
        annotations.put("threshold", found + limit + "{{ end }}");
        return new AlertRule(
                AlertRule.name(metric.id()),
                expr.text(),
                rung,
                Map.of(METRIC, metric.id(), LASTING, lasting, "managed_by", "shera"),
                annotations);
    }

    /** Says that the metric stays out; its mark stands for the recordings, too, which cannot carry one. */
    private AlertRule gone(List<Recording> recordings) {
        return new AlertRule(
                "SheraThresholdsGone",
                Expr.call("absent", series(ServedBook.DAMAGED)).text(),
                Duration.ofMinutes(2),
                OURS,
                Map.of(
                        "summary",
                        "No thresholds are scraped as job " + job.value()
                                + ": those that were last seen count until Prometheus is restarted",
                        "recordings",
                        AlertRule.digest(recordings.toString())));
    }
}
