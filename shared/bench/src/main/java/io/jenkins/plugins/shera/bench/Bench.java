package io.jenkins.plugins.shera.bench;

import java.io.PrintStream;

/**
 * The measures of one benchmark: {@code bench.measure("rebuild, 1 MB changed (s)", ours, peer).atMostTimes(0.5)} prints one
 * tab-separated line of {@code measure  ours  peer  ratio  goal  met|missed}, and {@link #exit} ends the program with 1 when a
 * goal was missed. Everything else a benchmark has to say goes to standard error.
 */
public final class Bench {
    private final PrintStream out;
    private boolean missed;

    /** Prints to standard output. */
    public Bench() {
        this(System.out);
    }

    Bench(PrintStream out) {
        this.out = out;
        out.println("measure\tours\tpeer\tratio\tgoal\tresult");
    }

    /**
     * What ours and the peer's took or gave, in the same unit, which the name ends with in brackets.
     *
     * @param ours the value of ours, e.g. the median of the repetitions
     * @param peer the value of the peer in the same run
     */
    public Measure measure(String name, double ours, double peer) {
        return new Measure(this, name, ours, peer);
    }

    /** A measure that no peer has. */
    public Measure measure(String name, double ours) {
        return new Measure(this, name, ours, Double.NaN);
    }

    void print(String line, boolean met) {
        out.println(line);
        out.flush();
        missed |= !met;
    }

    /** Whether each goal so far was met. */
    public boolean allMet() {
        return !missed;
    }

    /** Ends the program: with 1 when a goal was missed. */
    public void exit() {
        System.exit(missed ? 1 : 0);
    }
}
