package io.jenkins.plugins.shera.bench;

import java.util.Locale;

/** One value beside the peer's, which waits for its goal. */
public final class Measure {
    private final Bench bench;
    private final String name;
    private final double ours;
    private final double peer;

    Measure(Bench bench, String name, double ours, double peer) {
        if (name.isBlank() || name.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("A measure needs a name of one line without tabs, not '" + name + "'");
        }
        this.bench = bench;
        this.name = name;
        this.ours = ours;
        this.peer = peer;
    }

    /** Goal: this value or less. */
    public void atMost(double limit) {
        print("<= " + text(limit), ours <= limit);
    }

    /** Goal: this value or more. */
    public void atLeast(double limit) {
        print(">= " + text(limit), ours >= limit);
    }

    /** Goal: the peer's value times this, or less; missed when the peer has none. */
    public void atMostTimes(double factor) {
        print("<= " + text(factor) + "x", ours <= peer * factor);
    }

    /** Goal: the peer's value times this, or more; missed when the peer has none. */
    public void atLeastTimes(double factor) {
        print(">= " + text(factor) + "x", ours >= peer * factor);
    }

    /** No goal: only told. */
    public void toTell() {
        print("none", true);
    }

    private void print(String goal, boolean met) {
        String ratio = Double.isNaN(peer) || peer == 0 ? "-" : text(ours / peer);
        bench.print(String.join("\t", name, text(ours), text(peer), ratio, goal, met ? "met" : "missed"), met);
    }

    /** Three significant figures, whole numbers whole. */
    static String text(double value) {
        if (Double.isNaN(value)) {
            return "-";
        }
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            return String.format(Locale.ROOT, "%.0f", value);
        }
        int digits = Math.max(0, 2 - (int) Math.floor(Math.log10(Math.abs(value))));
        return String.format(Locale.ROOT, "%." + Math.min(digits, 9) + "f", value);
    }
}
