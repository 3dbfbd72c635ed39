package io.jenkins.plugins.shera.kubeng.figures;

import io.jenkins.plugins.shera.nginx.figures.NodeFigures.Row;
import io.jenkins.plugins.shera.nginx.figures.RequestLine;
import io.jenkins.plugins.shera.nginx.figures.Tally;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Requests, classes of status and times by host and upstream, counted from what nginx logs. Only hosts that have a route get
 * figures of their own, so that nobody makes series by inventing host names.
 */
final class HostFigures {
    private static final int MOST_UPSTREAMS = 50;

    private final SortedMap<String, Figures> byHost = new TreeMap<>();
    private long foreign;
    private long unreadable;

    /** The figures of one host; the upstream is empty for requests that were not passed on. */
    private record Figures(String tenant, Tally all, SortedMap<String, Tally> byUpstream) {}

    /** Figures of hosts without a route, or that went to another tenant, are let go of. */
    synchronized void keep(Map<String, String> tenants) {
        byHost.entrySet().removeIf(one -> !one.getValue().tenant.equals(tenants.get(one.getKey())));
    }

    /** Counts a line, and gives what it tells. */
    synchronized Optional<RequestLine> count(String line, Map<String, String> tenants) {
        Optional<RequestLine> read = RequestLine.parse(line);
        if (read.isEmpty()) {
            unreadable++;
            return read;
        }
        RequestLine request = read.get();
        if (!tenants.containsKey(request.host())) {
            foreign++;
            return read;
        }
        Figures figures = byHost.computeIfAbsent(
                request.host(), host -> new Figures(tenants.get(host), new Tally(), new TreeMap<>()));
        figures.all.count(request);
        SortedMap<String, Tally> upstreams = figures.byUpstream;
        boolean known = upstreams.containsKey(request.upstream()) || upstreams.size() < MOST_UPSTREAMS;
        upstreams
                .computeIfAbsent(known ? request.upstream() : "", name -> new Tally())
                .count(request);
        return read;
    }

    /** Writes all of them. */
    synchronized void write(Exposition out) {
        out.begin("kubeng_host_requests_total", "counter", "Requests by host and class of status.");
        byHost.forEach((host, figures) -> classes(out, figures.all, "host", host, "tenant", figures.tenant));
        out.begin("kubeng_host_request_seconds", "histogram", "Time from the first byte of a request to the last.");
        byHost.forEach((host, figures) -> {
            for (int i = 0; i <= Tally.BOUNDS.size(); i++) {
                String bound = i < Tally.BOUNDS.size() ? String.valueOf(Tally.BOUNDS.get(i)) : "+Inf";
                out.part("_bucket", figures.all.within(i), "host", host, "tenant", figures.tenant, "le", bound);
            }
            sums(out, figures.all, "host", host, "tenant", figures.tenant);
        });
        List<Row> upstreams = upstreams();
        out.begin("kubeng_upstream_requests_total", "counter", "Requests by host, upstream and class of status.");
        upstreams.forEach(row ->
                classes(out, row.tally(), "host", row.host(), "tenant", row.tenant(), "upstream", row.upstream()));
        out.begin("kubeng_upstream_request_seconds", "summary", "Time of requests by host and upstream.");
        upstreams.forEach(
                row -> sums(out, row.tally(), "host", row.host(), "tenant", row.tenant(), "upstream", row.upstream()));
        out.begin("kubeng_foreign_requests_total", "counter", "Requests for hosts that have no route.");
        out.value(foreign);
        out.begin("kubeng_unreadable_lines_total", "counter", "Lines of the log that are of another format.");
        out.value(unreadable);
    }

    private List<Row> upstreams() {
        List<Row> rows = new ArrayList<>();
        byHost.forEach((host, figures) -> figures.byUpstream.forEach((upstream, tally) -> {
            if (!upstream.isEmpty()) {
                rows.add(new Row(host, figures.tenant, upstream, tally));
            }
        }));
        return rows;
    }

    private static void classes(Exposition out, Tally tally, String... labels) {
        for (int digit = 1; digit <= 5; digit++) {
            String[] all = Arrays.copyOf(labels, labels.length + 2);
            all[labels.length] = "class";
            all[labels.length + 1] = digit + "xx";
            out.value(tally.ofClass(digit), all);
        }
    }

    private static void sums(Exposition out, Tally tally, String... labels) {
        out.part("_sum", tally.seconds(), labels);
        out.part("_count", tally.requests(), labels);
    }
}
