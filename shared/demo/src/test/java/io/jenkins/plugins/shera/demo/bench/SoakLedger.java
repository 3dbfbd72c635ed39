package io.jenkins.plugins.shera.demo.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What became of every build, and how many faults there were; for several threads. */
final class SoakLedger {
    private record Outcome(String build, String result, boolean disturbed, String why) {}

    private final List<Outcome> outcomes = new ArrayList<>();
    private int faults;
    private boolean inFault;

    synchronized void add(String build, String result, boolean disturbed, String why) {
        outcomes.add(new Outcome(build, result, disturbed, why));
        SoakBench.say(build + ": " + (result.isEmpty() ? "lost" : result) + (disturbed ? ", in a fault" : ""));
    }

    /** Something beside a result: a check that failed, a build that could not be asked for. */
    synchronized void trouble(String example, String why) {
        outcomes.add(new Outcome(example, "TROUBLE", inFault, why));
        SoakBench.say(example + ": " + why);
    }

    synchronized void beginFault(String name) {
        faults++;
        inFault = true;
        SoakBench.say("fault: " + name);
    }

    synchronized void endFault() {
        inFault = false;
    }

    synchronized int faults() {
        return faults;
    }

    synchronized boolean inFault() {
        return inFault;
    }

    synchronized long ended() {
        return outcomes.stream().filter(outcome -> !outcome.result().isEmpty()).count();
    }

    synchronized long lost() {
        return outcomes.stream().filter(outcome -> outcome.result().isEmpty()).count();
    }

    synchronized long failed(boolean disturbed) {
        return outcomes.stream()
                .filter(outcome -> outcome.disturbed() == disturbed
                        && !outcome.result().isEmpty()
                        && !outcome.result().equals("SUCCESS"))
                .count();
    }

    synchronized void tellFailures(Consumer<String> out) {
        for (Outcome outcome : outcomes) {
            if (!outcome.result().equals("SUCCESS")) {
                out.accept(outcome.build() + " ended as '" + outcome.result() + "'"
                        + (outcome.disturbed() ? " in a fault" : "") + ":\n" + outcome.why());
            }
        }
    }
}
