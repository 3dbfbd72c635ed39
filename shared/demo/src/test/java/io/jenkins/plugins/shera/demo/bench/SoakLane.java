package io.jenkins.plugins.shera.demo.bench;

import io.jenkins.plugins.shera.demo.examples.Example;
import io.jenkins.plugins.shera.demo.examples.Examples;
import io.jenkins.plugins.shera.demo.site.RunningBuild;
import io.jenkins.plugins.shera.demo.site.Stages;
import java.util.List;

/** Runs some examples one after another, again and again, until it is told to finish. */
final class SoakLane implements Runnable {
    private final SoakJenkins jenkins;
    private final List<Examples.Named> examples;
    private final SoakLedger ledger;
    private final Thread thread = new Thread(this, "soak");
    private volatile boolean finishing;

    private SoakLane(SoakJenkins jenkins, List<Examples.Named> examples, SoakLedger ledger) {
        this.jenkins = jenkins;
        this.examples = examples;
        this.ledger = ledger;
    }

    static SoakLane start(SoakJenkins jenkins, List<Examples.Named> examples, SoakLedger ledger) {
        SoakLane lane = new SoakLane(jenkins, examples, ledger);
        lane.thread.setDaemon(true);
        lane.thread.start();
        return lane;
    }

    /** Lets the build that runs come to its end. */
    void finish() throws InterruptedException {
        finishing = true;
        thread.join();
    }

    @Override
    public void run() {
        for (int i = 0; !finishing; i++) {
            Examples.Named named = examples.get(i % examples.size());
            try {
                once(named);
            } catch (InterruptedException e) {
                return;
            } catch (Exception e) {
                ledger.trouble(named.name(), e.toString());
            }
        }
    }

    private void once(Examples.Named named) throws Exception {
        Example example = named.example();
        int faults = ledger.faults();
        String path =
                jenkins.build("job/" + example.tenant() + "/job/" + named.name(), example.parameters(jenkins.site()));
        String result = jenkins.result(path);
        boolean disturbed = ledger.faults() != faults || ledger.inFault();
        String why = "";
        if (!result.equals("SUCCESS")) {
            RunningBuild build = new RunningBuild(jenkins.site().client(), path);
            String log = build.log();
            why = log.substring(Math.max(0, log.length() - 1500));
        } else if (!disturbed) {
            example.check(jenkins.site(), new RunningBuild(jenkins.site().client(), path), new Stages());
        }
        ledger.add(path, result, disturbed, why);
    }
}
