package io.jenkins.plugins.shera.deploy.scale;

import java.io.Serializable;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the number of pods is to be; checked when it is made. */
public final class ScaleOrder implements Serializable {

    private static final long serialVersionUID = 1L;
    private static final int MOST = 1000;
    private static final int MOST_PERCENT = 1000;

    /** The three ways. */
    public enum Way {
        /** A fixed number. */
        FIXED,
        /** Between two bounds, by use. */
        AUTO,
        /** As many as before it was sent to sleep. */
        WAKE
    }

    private final Way way;
    private final int min;
    private final int max;
    private final int cpu;
    private final int memory;
    /** Null where none is looked at, and in what was saved before there were any. */
    private final CustomMetric metric;

    private ScaleOrder(Way way, int min, int max, int cpu, int memory, CustomMetric metric) {
        this.metric = metric;
        this.way = way;
        this.min = min;
        this.max = max;
        this.cpu = cpu;
        this.memory = memory;
    }

    /**
     * Makes an order of what somebody gave; exactly one way must be given.
     *
     * @param replicas the fixed number, null for another way
     * @param min fewest pods of an autoscaler, null for 1
     * @param max most pods of an autoscaler, null for another way
     * @param cpu use an autoscaler aims at, percent of the CPU asked for; null not to look at it
     * @param memory the same of memory
     * @throws IllegalArgumentException naming the parameter and what to give instead
     */
    public static ScaleOrder of(Integer replicas, Integer min, Integer max, Integer cpu, Integer memory, boolean wake) {
        return of(replicas, min, max, cpu, memory, null, wake);
    }

    /** The same with a metric besides CPU and memory, null for none. */
    public static ScaleOrder of(
            Integer replicas,
            Integer min,
            Integer max,
            Integer cpu,
            Integer memory,
            CustomMetric metric,
            boolean wake) {
        int ways = (replicas == null ? 0 : 1) + (max == null ? 0 : 1) + (wake ? 1 : 0);
        if (ways != 1) {
            throw new IllegalArgumentException(
                    "Give one of: replicas (a fixed number), max with cpu, memory or a metric (an autoscaler),"
                            + " or wake (as many as before it was sent to sleep).");
        }
        if (max == null && (min != null || cpu != null || memory != null || metric != null)) {
            throw new IllegalArgumentException("min, cpu, memory and a metric belong to an autoscaler: give max, too.");
        }
        if (wake) {
            return new ScaleOrder(Way.WAKE, 0, 0, 0, 0, null);
        }
        if (replicas != null) {
            return new ScaleOrder(Way.FIXED, in("replicas", replicas, 0, MOST), 0, 0, 0, null);
        }
        int fewest = in("min", min == null ? 1 : min, 1, MOST);
        int most = in("max", max, fewest, MOST);
        if (cpu == null && memory == null && metric == null) {
            throw new IllegalArgumentException(
                    "An autoscaler looks at cpu, memory or a metric: give the percent of what each pod asks for, for example cpu: 70,"
                            + " or metric: 'http_requests_per_second', metricTarget: '10'.");
        }
        return new ScaleOrder(
                Way.AUTO,
                fewest,
                most,
                cpu == null ? 0 : in("cpu", cpu, 1, MOST_PERCENT),
                memory == null ? 0 : in("memory", memory, 1, MOST_PERCENT),
                metric);
    }

    private static int in(String what, int number, int least, int most) {
        if (number < least || number > most) {
            throw new IllegalArgumentException("'" + number + "' cannot be the parameter " + what
                    + ". Give a number from " + least + " to " + most + ".");
        }
        return number;
    }

    /** Which of the three. */
    public Way way() {
        return way;
    }

    /** The fixed number, or the fewest pods of an autoscaler. */
    public int min() {
        return min;
    }

    /** Most pods of an autoscaler. */
    public int max() {
        return max;
    }

    /** Percent of the CPU asked for, 0 not to look at it. */
    public int cpu() {
        return cpu;
    }

    /** Percent of the memory asked for, 0 not to look at it. */
    public int memory() {
        return memory;
    }

    /** The metric besides CPU and memory; null not to look at any. */
    public CustomMetric metric() {
        return metric;
    }

    /** For people. */
    @Override
    public String toString() {
        return switch (way) {
            case FIXED -> min == 1 ? "1 pod" : min + " pods";
            case WAKE -> "as many pods as before";
            case AUTO ->
                min + " to " + max + " pods by "
                        + Stream.of(
                                        cpu > 0 ? "CPU " + cpu + " %" : "",
                                        memory > 0 ? "memory " + memory + " %" : "",
                                        metric == null ? "" : metric.toString())
                                .filter(each -> !each.isEmpty())
                                .collect(Collectors.joining(" and "));
        };
    }
}
