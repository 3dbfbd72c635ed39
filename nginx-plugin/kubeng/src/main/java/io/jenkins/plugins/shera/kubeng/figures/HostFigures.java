package io.jenkins.plugins.shera.kubeng.figures;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Requests, classes of status and times by host, counted from lines {@code $host $status $request_time}. Only hosts that have a
 * route get figures of their own, so that nobody makes series by inventing host names.
 */
final class HostFigures {
    /** Upper bounds in seconds, but for the last, which has none. */
    static final double[] BOUNDS = {0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};

    private static final Pattern LINE = Pattern.compile("(\\S{1,255}) ([1-5])[0-9]{2} ([0-9]{1,9}\\.[0-9]{3})");

    private final SortedMap<String, Figures> byHost = new TreeMap<>();
    private long foreign;
    private long unreadable;

    /** The figures of one host. */
    static final class Figures {
        final String tenant;
        final long[] byClass = new long[6];
        final long[] byBound = new long[BOUNDS.length + 1];
        double seconds;

        Figures(String tenant) {
            this.tenant = tenant;
        }

        long requests() {
            long sum = 0;
            for (long count : byClass) {
                sum += count;
            }
            return sum;
        }
    }

    /** Figures of hosts without a route, or that went to another tenant, are let go of. */
    synchronized void keep(Map<String, String> tenants) {
        byHost.entrySet().removeIf(one -> !one.getValue().tenant.equals(tenants.get(one.getKey())));
    }

    synchronized void count(String line, Map<String, String> tenants) {
        Matcher parts = LINE.matcher(line);
        if (!parts.matches()) {
            unreadable++;
        } else if (!tenants.containsKey(parts.group(1))) {
            foreign++;
        } else {
            Figures figures = byHost.computeIfAbsent(parts.group(1), host -> new Figures(tenants.get(host)));
            double seconds = Double.parseDouble(parts.group(3));
            figures.byClass[Integer.parseInt(parts.group(2))]++;
            figures.byBound[bound(seconds)]++;
            figures.seconds += seconds;
        }
    }

    private static int bound(double seconds) {
        int bound = 0;
        while (bound < BOUNDS.length && seconds > BOUNDS[bound]) {
            bound++;
        }
        return bound;
    }

    /** Writes all of them. */
    synchronized void write(Exposition out) {
        out.begin("kubeng_host_requests_total", "counter", "Requests by host and class of status.");
        byHost.forEach((host, figures) -> {
            for (int digit = 1; digit < figures.byClass.length; digit++) {
                out.value(figures.byClass[digit], "host", host, "tenant", figures.tenant, "class", digit + "xx");
            }
        });
        out.begin("kubeng_host_request_seconds", "histogram", "Time from the first byte of a request to the last.");
        byHost.forEach((host, figures) -> {
            long below = 0;
            for (int i = 0; i < figures.byBound.length; i++) {
                below += figures.byBound[i];
                String bound = i < BOUNDS.length ? String.valueOf(BOUNDS[i]) : "+Inf";
                out.part("_bucket", below, "host", host, "tenant", figures.tenant, "le", bound);
            }
            out.part("_sum", figures.seconds, "host", host, "tenant", figures.tenant);
            out.part("_count", figures.requests(), "host", host, "tenant", figures.tenant);
        });
        out.begin("kubeng_foreign_requests_total", "counter", "Requests for hosts that have no route.");
        out.value(foreign);
        out.begin("kubeng_unreadable_lines_total", "counter", "Lines of the log that are of another format.");
        out.value(unreadable);
    }
}
