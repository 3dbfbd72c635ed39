package io.jenkins.plugins.shera.monitoring.thresholds;

import static io.jenkins.plugins.shera.monitoring.promql.Expr.call;
import static io.jenkins.plugins.shera.monitoring.promql.Expr.series;

import io.jenkins.plugins.shera.monitoring.promql.Expr;
import io.jenkins.plugins.shera.monitoring.promql.Matcher;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** What can be measured without writing a query. Each has one or more measures, the best first: which exists is asked. */
public enum Metric {
    CPU("cpu", Unit.CORES, new Measure("cAdvisor", "container_cpu_usage_seconds_total", Metric::containerRate)),
    MEMORY("memory", Unit.BYTES, new Measure("cAdvisor", "container_memory_working_set_bytes", Metric::container)),
    THREADS(
            "threads",
            Unit.COUNT,
            new Measure("cAdvisor", "container_threads", Metric::container),
            new Measure("Micrometer", "jvm_threads_live_threads", Metric::pods),
            new Measure("JVM client", "jvm_threads_current", Metric::pods),
            new Measure(ProcessSeries.EXPORTER, ProcessSeries.THREADS, Metric::container)),
    SOCKETS(
            "sockets",
            Unit.COUNT,
            new Measure("cAdvisor", "container_sockets", Metric::container),
            new Measure(ProcessSeries.EXPORTER, ProcessSeries.SOCKETS, Metric::container)),
    FILES(
            "files",
            Unit.COUNT,
            new Measure("cAdvisor", "container_file_descriptors", Metric::container),
            new Measure("process metrics", "process_open_fds", Metric::pods),
            new Measure("Micrometer", "process_files_open_files", Metric::pods),
            new Measure(ProcessSeries.EXPORTER, ProcessSeries.FILES, Metric::container)),
    RESTARTS(
            "restarts",
            Unit.COUNT,
            new Measure("kube-state-metrics", "kube_pod_container_status_restarts_total", Metric::increase),
            new Measure("cAdvisor", "container_start_time_seconds", Metric::incarnations)),
    ERROR_RATE(
            "errorRate",
            Unit.PERCENT,
            new Measure("Micrometer", "http_server_requests_seconds_count", failing("status")),
            new Measure("HTTP metrics", "http_requests_total", failing("code"))),
    LATENCY(
            "latency",
            Unit.SECONDS,
            new Measure("Micrometer", "http_server_requests_seconds_bucket", Metric::quantile),
            new Measure("HTTP metrics", "http_request_duration_seconds_bucket", Metric::quantile)),
    DISK("disk", Unit.BYTES, new Measure("cAdvisor", "container_fs_usage_bytes", Metric::container)),
    REQUESTS(
            "requests",
            Unit.PER_SECOND,
            new Measure("Micrometer", "http_server_requests_seconds_count", Metric::podRate),
            new Measure("HTTP metrics", "http_requests_total", Metric::podRate)),
    NETWORK_IN(
            "networkIn",
            Unit.BYTES_PER_SECOND,
            new Measure("cAdvisor", "container_network_receive_bytes_total", Metric::podRate)),
    NETWORK_OUT(
            "networkOut",
            Unit.BYTES_PER_SECOND,
            new Measure("cAdvisor", "container_network_transmit_bytes_total", Metric::podRate));

    /** What a value counts. */
    public enum Unit {
        CORES,
        BYTES,
        COUNT,
        PERCENT,
        SECONDS,
        PER_SECOND,
        BYTES_PER_SECOND
    }

    private static final Duration WINDOW = Duration.ofMinutes(2);
    private static final Duration RESTART_WINDOW = Duration.ofMinutes(10);
    private static final List<String> POD = List.of("namespace", "pod");

    private final String id;
    private final Unit unit;
    private final List<Measure> measures;

    Metric(String id, Unit unit, Measure... measures) {
        this.id = id;
        this.unit = unit;
        this.measures = List.of(measures);
    }

    /** The metric of this id, as forms, steps and REST write it. */
    public static Optional<Metric> of(String id) {
        return Arrays.stream(values()).filter(each -> each.id.equals(id)).findFirst();
    }

    /** As forms, steps and REST write it. */
    public String id() {
        return id;
    }

    public Unit unit() {
        return unit;
    }

    /** Ways to measure it, the best first. */
    public List<Measure> measures() {
        return measures;
    }

    private static Expr byPod(Expr of) {
        return new Expr.Aggregate("sum", POD, of);
    }

    private static Expr.Selector ofContainer(String series, Subject subject) {
        return series(series, subject.inNamespace(), subject.inContainer(), subject.inPods());
    }

    private static Expr.Selector ofPods(String series, Subject subject, Matcher... more) {
        java.util.ArrayList<Matcher> matchers = new java.util.ArrayList<>();
        matchers.add(subject.inNamespace());
        matchers.add(subject.inPods());
        matchers.addAll(List.of(more));
        return new Expr.Selector(series, matchers);
    }

    private static Expr rate(Expr of) {
        return call("rate", new Expr.Range(of, WINDOW));
    }

    private static Expr container(String series, Subject subject) {
        return byPod(ofContainer(series, subject));
    }

    private static Expr containerRate(String series, Subject subject) {
        return byPod(rate(ofContainer(series, subject)));
    }

    private static Expr pods(String series, Subject subject) {
        return byPod(ofPods(series, subject));
    }

    private static Expr podRate(String series, Subject subject) {
        return byPod(rate(ofPods(series, subject)));
    }

    private static Expr increase(String series, Subject subject) {
        return byPod(call("increase", new Expr.Range(ofContainer(series, subject), RESTART_WINDOW)));
    }

    /** Each start of a container is a series of its own: all of the last minutes but one are restarts. */
    private static Expr incarnations(String series, Subject subject) {
        Expr seen = call("count_over_time", new Expr.Range(ofContainer(series, subject), RESTART_WINDOW));
        return new Expr.Binary(new Expr.Aggregate("count", POD, seen), "-", new Expr.Number(1));
    }

    /** Answers 5xx of all answers in percent; without any 5xx it is 0, not nothing. */
    private static BiFunction<String, Subject, Expr> failing(String statusLabel) {
        return (series, subject) -> {
            List<String> by = List.of("namespace");
            Expr all = new Expr.Aggregate("sum", by, rate(ofPods(series, subject)));
            Expr failed =
                    new Expr.Aggregate("sum", by, rate(ofPods(series, subject, Matcher.regex(statusLabel, "5.."))));
            Expr orNone = new Expr.Binary(failed, "or", new Expr.Binary(all, "*", new Expr.Number(0)));
            return new Expr.Binary(new Expr.Binary(orNone, "/", all), "*", new Expr.Number(100));
        };
    }

    private static Expr quantile(String series, Subject subject) {
        Expr buckets = new Expr.Aggregate("sum", List.of("le", "namespace"), rate(ofPods(series, subject)));
        return call("histogram_quantile", new Expr.Number(0.99), buckets);
    }

    /** A metric of the application's own: the greatest value of each pod. */
    public static Measure own(String series) {
        return new Measure("own", series, (name, subject) -> new Expr.Aggregate("max", POD, ofPods(name, subject)));
    }

    /** A counter of the application's own: how much it grows in a second, for each pod. */
    public static Measure ownRate(String series) {
        return new Measure("own", series, Metric::podRate);
    }
}
