package io.jenkins.plugins.shera.build.steps;

import hudson.FilePath;
import hudson.slaves.WorkspaceList;
import io.jenkins.plugins.shera.build.sonar.MavenFindings;
import io.jenkins.plugins.shera.build.sonar.ProjectSettings;
import io.jenkins.plugins.shera.build.sonar.ReportTask;
import io.jenkins.plugins.shera.build.sonar.ScannerCommand;
import io.jenkins.plugins.shera.build.sonar.SettingsScan;
import io.jenkins.plugins.shera.build.sonar.SonarAddress;
import io.jenkins.plugins.shera.build.sonar.SonarException;
import io.jenkins.plugins.shera.build.source.Revision;
import io.jenkins.plugins.shera.build.source.WorkspaceRevision;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** The scanner's run on the agent: after the Maven build and on what that found, or on the workspace for a project without a pom. */
final class Analysis {
    private static final String SCANNER = "sonar-scanner.jar";

    private final QualityOrder order;
    private final SonarSession session;
    private final MavenSite site;
    private final FilePath workspace;
    private final String cookie;

    Analysis(QualityOrder order, SonarSession session, StepContext context, String cookie)
            throws IOException, InterruptedException {
        this.order = order;
        this.session = session;
        this.cookie = cookie;
        this.site = new MavenSite(order.maven, context, cookie);
        this.workspace = site.workspace();
    }

    /** Ends what an earlier run left behind. */
    void endLeftovers() throws IOException, InterruptedException {
        site.endLeftovers();
    }

    Revision revision() throws IOException, InterruptedException {
        return new WorkspaceRevision(site.programs(""), site.environment()).read();
    }

    /** What the project says to the scanner, refused when it speaks for us. */
    ProjectSettings settings() throws IOException, InterruptedException {
        ProjectSettings settings = workspace.act(new ProjectTask());
        for (String word : order.maven.command.words()) {
            SettingsScan.words(settings, "the Maven command", word);
        }
        SettingsScan.environment(settings, site.environment());
        order.properties.forEach((name, value) -> settings.add("the step", name, value));
        settings.check();
        return settings;
    }

    /** Builds without the scanner, for a SonarQube that is away. */
    void buildAlone(ProjectSettings settings, Revision revision) throws IOException, InterruptedException {
        if (settings.isMaven()) {
            site.run(revision, List.of(), Map.of(), "");
        }
    }

    /** Builds and analyses; the task that SonarQube, of this version, now works on. */
    ReportTask run(ProjectSettings settings, Revision revision, String version)
            throws IOException, InterruptedException {
        FilePath temporary = WorkspaceList.tempDir(workspace);
        temporary.mkdirs();
        FilePath report = temporary.child("sonar-" + cookie + ".txt");
        FilePath own = temporary.child("scanner-" + cookie);
        report.delete();
        own.deleteRecursive();
        own.mkdirs();
        own.chmod(0700);
        ScannerCommand scanner =
                new ScannerCommand(session.url(), order.projectKey, revision.commit(), order.properties);
        try {
            List<String> words = settings.isMaven()
                    ? described(scanner, settings, revision, version, own)
                    : scanner.alone(java(), scanner(own).getRemote(), workspace.getRemote());
            words = new ArrayList<>(words);
            words.add("-Dsonar.scanner.metadataFilePath=" + report.getRemote());
            site.start(words, scanner.environment(session.token()), session.token());
            if (!report.exists()) {
                throw nothingSent();
            }
            return check(ReportTask.parse(report.readToString()));
        } finally {
            report.delete();
            own.deleteRecursive();
        }
    }

    /** Maven runs what the source brings along, so it gets no token; nor does anything it left running or wrote into the project. */
    private List<String> described(
            ScannerCommand scanner, ProjectSettings settings, Revision revision, String version, FilePath own)
            throws IOException, InterruptedException {
        FilePath dump = own.child("found.properties");
        site.run(revision, scanner.mavenWords(dump.getRemote(), version), scanner.mavenEnvironment(), session.token());
        site.endLeftovers();
        if (!dump.exists()) {
            throw nothingSent();
        }
        // Asked once more: a build may write a sonar-project.properties that was not there before.
        settings();
        FilePath kept = own.child("project.properties");
        MavenFindings findings = workspace.act(new FindingsTask(dump.getRemote(), kept.getRemote(), scanner.said()));
        settings.found(findings);
        return scanner.described(
                java(),
                scanner(own).getRemote(),
                findings,
                kept.getRemote(),
                own.child("work").getRemote());
    }

    private static SonarException nothingSent() {
        return new SonarException(
                SonarException.Kind.REFUSED,
                "The scanner has sent no report: see its output above, whether sonar.skip or a wrong folder made"
                        + " it do nothing.");
    }

    private ReportTask check(ReportTask task) throws SonarException {
        if (!task.projectKey().equals(order.projectKey) || !SonarAddress.same(task.serverUrl(), session.url())) {
            throw new SonarException(
                    SonarException.Kind.REFUSED,
                    "The scanner has sent its report for the project " + task.projectKey() + " to " + task.serverUrl()
                            + ", and it was to be " + order.projectKey + " at " + session.url()
                            + ": something in the build overrides sonar.projectKey or sonar.host.url. Remove that.");
        }
        return task;
    }

    private String java() {
        String home = site.environment().getOrDefault("JAVA_HOME", "");
        // What lies in the workspace may be of the source's making, and the scanner is given the token.
        boolean foreign = home.isEmpty() || home.startsWith(workspace.getRemote() + "/");
        return foreign ? "java" : home + "/bin/java";
    }

    /** Written anew each time: what lies in the folder is not to be trusted. */
    private static FilePath scanner(FilePath folder) throws IOException, InterruptedException {
        FilePath jar = folder.child(SCANNER);
        try (InputStream in = ScannerCommand.class.getResourceAsStream(SCANNER)) {
            if (in == null) {
                throw new IOException("The plugin shera is not whole: it has no " + SCANNER + ". Install it again.");
            }
            jar.copyFrom(in);
        }
        return jar;
    }

    /** The digest of the workspace; empty when tracked files differ from the commit that was analysed. */
    String tree(Revision analysed) throws IOException, InterruptedException {
        Revision now = revision();
        boolean same = now.isClean() && analysed.isClean() && now.commit().equals(analysed.commit());
        return same && !now.commit().isEmpty() ? workspace.act(new TreeTask()) : "";
    }
}
