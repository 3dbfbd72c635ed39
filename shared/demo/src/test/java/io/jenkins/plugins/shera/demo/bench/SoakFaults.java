package io.jenkins.plugins.shera.demo.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What goes wrong on the way, in turn: Jenkins is killed, the registry stands still, a worker of nginx dies, Jenkins stands still. */
final class SoakFaults {
    private static final Duration STILL = Duration.ofSeconds(15);

    private final SoakJenkins jenkins;
    private final SoakLedger ledger;
    private int count;

    SoakFaults(SoakJenkins jenkins, SoakLedger ledger) {
        this.jenkins = jenkins;
        this.ledger = ledger;
    }

    /** The next fault, to its end; {@code mayKill} tells whether it may be the death of Jenkins. */
    void next(boolean mayKill) throws IOException, InterruptedException {
        int turn = count++ % 4;
        String name = turn == 0 && mayKill
                ? "Jenkins is killed"
                : turn == 2
                        ? "a worker of nginx is killed"
                        : turn == 3 ? "Jenkins stands still" : "the registry stands still";
        ledger.beginFault(name);
        try {
            switch (name) {
                case "Jenkins is killed" -> jenkins.killAndStart();
                case "a worker of nginx is killed" ->
                    program("nginx").stream()
                            .flatMap(ProcessHandle::children)
                            .limit(1)
                            .forEach(ProcessHandle::destroyForcibly);
                case "Jenkins stands still" -> still(List.of(jenkins.site().jenkinsProcess()));
                default -> still(program("docker-registry"));
            }
        } finally {
            ledger.endFault();
        }
    }

    private static List<ProcessHandle> program(String name) {
        return ProcessHandle.current()
                .children()
                .filter(child -> child.info().command().orElse("").endsWith("/" + name))
                .toList();
    }

    private static void still(List<ProcessHandle> processes) throws IOException, InterruptedException {
        signal("-STOP", processes);
        try {
            TimeUnit.SECONDS.sleep(STILL.toSeconds());
        } finally {
            signal("-CONT", processes);
        }
    }

    private static void signal(String signal, List<ProcessHandle> processes) throws IOException, InterruptedException {
        for (ProcessHandle process : processes) {
            new ProcessBuilder("kill", signal, String.valueOf(process.pid()))
                    .start()
                    .waitFor();
        }
    }
}
