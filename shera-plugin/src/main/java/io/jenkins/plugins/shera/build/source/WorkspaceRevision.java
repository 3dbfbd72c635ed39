package io.jenkins.plugins.shera.build.source;

import io.jenkins.plugins.shera.build.process.Programs;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Asks git what a workspace stands at. */
public final class WorkspaceRevision {
    private final Programs programs;
    private final Map<String, String> environment;

    /** Git needs nothing but its usual environment for this. */
    public WorkspaceRevision(Programs programs, Map<String, String> environment) {
        this.programs = programs;
        this.environment = environment;
    }

    /** The commit, its time, and whether tracked files differ; without git or a repository a revision without a commit. */
    public Revision read() throws IOException, InterruptedException {
        Programs.Outcome head = git("log", "-1", "--no-show-signature", "--format=%H %ct");
        String[] words = head.output().trim().split("\\s+");
        if (!head.isGood()
                || words.length != 2
                || !words[0].matches("[0-9a-f]{40,64}")
                || !words[1].matches("[0-9]{1,12}")) {
            return new Revision("", 0, false);
        }
        Programs.Outcome status = git("status", "--porcelain", "--untracked-files=no");
        return new Revision(
                words[0],
                Long.parseLong(words[1]),
                status.isGood() && status.output().isBlank());
    }

    private Programs.Outcome git(String... words) throws IOException, InterruptedException {
        List<String> command = new java.util.ArrayList<>(List.of("git", "-c", "core.fsmonitor=false"));
        command.addAll(List.of(words));
        return programs.run(command, environment, false);
    }
}
