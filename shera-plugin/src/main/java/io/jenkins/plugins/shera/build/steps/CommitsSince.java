package io.jenkins.plugins.shera.build.steps;

import hudson.model.Run;
import io.jenkins.plugins.shera.build.pages.ImageAction;
import io.jenkins.plugins.shera.build.process.Programs;
import io.jenkins.plugins.shera.build.source.CommitLog;
import io.jenkins.plugins.shera.build.source.Commits;
import io.jenkins.plugins.shera.build.source.Revision;
import java.util.Map;

/** Finds the build before that made an image of the same name, and asks the checkout what came since. */
final class CommitsSince {
    private static final int MOST_BUILDS = 200;

    private final Run<?, ?> run;
    private final CommitLog log;

    CommitsSince(Run<?, ?> run, Programs programs, Map<String, String> environment) {
        this.run = run;
        this.log = new CommitLog(programs, environment);
    }

    /** Null where there is no such build, or this one is of no commit. */
    Commits read(String image, Revision revision) throws InterruptedException {
        if (!CommitLog.isCommit(revision.commit())) {
            return null;
        }
        Run<?, ?> earlier = run.getPreviousBuild();
        for (int i = 0; earlier != null && i < MOST_BUILDS; i++) {
            for (ImageAction made : earlier.getActions(ImageAction.class)) {
                if (made.getName().equals(image) && CommitLog.isCommit(made.getCommit())) {
                    return log.read(earlier.getNumber(), made.getCommit(), revision.commit());
                }
            }
            earlier = earlier.getPreviousBuild();
        }
        return null;
    }
}
