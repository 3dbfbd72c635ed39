package io.jenkins.plugins.shera.build.steps;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import hudson.AbortException;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.slaves.WorkspaceList;
import io.jenkins.plugins.shera.build.process.Programs;
import io.jenkins.plugins.shera.build.source.Revision;
import io.jenkins.plugins.shera.oci.image.Quoted;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Where Maven runs: the agent's workspace, with the environment of the build. */
final class MavenSite {
    private final MavenOrder order;
    private final String cookie;
    private final Run<?, ?> run;
    private final TaskListener listener;
    private final FilePath workspace;
    private final Launcher launcher;
    private final Map<String, String> environment;

    MavenSite(MavenOrder order, StepContext context, String cookie) throws IOException, InterruptedException {
        this.order = order;
        this.cookie = cookie;
        this.run = context.get(Run.class);
        this.listener = context.get(TaskListener.class);
        this.workspace = context.get(FilePath.class);
        this.launcher = context.get(Launcher.class);
        EnvVars usual = context.get(EnvVars.class);
        this.environment = usual == null ? new HashMap<>() : new HashMap<>(usual);
        if (order.javaHome != null) {
            environment.put("JAVA_HOME", order.javaHome);
            environment.put("PATH", order.javaHome + "/bin:" + environment.getOrDefault("PATH", "/usr/bin:/bin"));
        }
    }

    FilePath workspace() {
        return workspace;
    }

    Map<String, String> environment() {
        return Map.copyOf(environment);
    }

    /** Programs in the workspace whose output hides the secret. */
    Programs programs(String secret) {
        return new AgentPrograms(launcher, workspace, listener, Map.of(BuildSite.COOKIE, cookie), secret);
    }

    /** Ends what an earlier run left behind. */
    void endLeftovers() throws IOException, InterruptedException {
        launcher.kill(Map.of(BuildSite.COOKIE, cookie));
        settings().deleteRecursive();
    }

    private FilePath settings() {
        return WorkspaceList.tempDir(workspace).child("maven-" + cookie);
    }

    /** Runs the command with more words and a secret in its environment. */
    void run(Revision revision, List<String> more, Map<String, String> moreEnvironment, String secret)
            throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(order.command.arguments(workspace.child("mvnw").exists(), revision));
        FilePath folder = settings();
        try {
            if (order.settingsId != null) {
                command.add("-s");
                command.add(write(folder).getRemote());
            }
            command.addAll(more);
            start(command, moreEnvironment, secret);
        } finally {
            folder.deleteRecursive();
        }
    }

    /** Runs any command in the workspace, shown in the log. */
    void start(List<String> command, Map<String, String> moreEnvironment, String secret)
            throws IOException, InterruptedException {
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(moreEnvironment);
        Programs.Outcome outcome = programs(secret).run(command, all, true);
        if (!outcome.isGood()) {
            throw new AbortException("The build ended with " + outcome.code() + ": " + ProgramEnd.why(outcome));
        }
    }

    private FilePath write(FilePath folder) throws IOException, InterruptedException {
        FileCredentials found =
                CredentialsProvider.findCredentialById(order.settingsId, FileCredentials.class, run, List.of());
        if (found == null) {
            throw new AbortException("There is no secret file " + Quoted.of(order.settingsId)
                    + " that this job may use: give mavenSettings the id of one in the job's folder or above.");
        }
        folder.deleteRecursive();
        folder.mkdirs();
        folder.chmod(0700);
        FilePath file = folder.child("settings.xml");
        file.touch(0);
        file.chmod(0600);
        try (InputStream in = found.getContent()) {
            file.copyFrom(in);
        }
        return file;
    }
}
