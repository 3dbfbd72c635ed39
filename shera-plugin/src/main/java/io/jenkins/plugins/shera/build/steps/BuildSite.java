package io.jenkins.plugins.shera.build.steps;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.slaves.WorkspaceList;
import io.jenkins.plugins.shera.build.config.StatementKeys;
import io.jenkins.plugins.shera.build.pages.QualityAction;
import io.jenkins.plugins.shera.build.process.Programs;
import io.jenkins.plugins.shera.build.quality.Claims;
import io.jenkins.plugins.shera.build.quality.QualityVerdict;
import io.jenkins.plugins.shera.build.records.ImagesAtWork;
import io.jenkins.plugins.shera.build.source.Commits;
import io.jenkins.plugins.shera.build.source.GitCheckout;
import io.jenkins.plugins.shera.build.source.Revision;
import io.jenkins.plugins.shera.build.source.WorkspaceRevision;
import io.jenkins.plugins.shera.build.tools.DebugVariant;
import io.jenkins.plugins.shera.oci.image.Digest;
import io.jenkins.plugins.shera.oci.image.Quoted;
import io.jenkins.plugins.shera.oci.sbom.Attestation;
import io.jenkins.plugins.shera.oci.statement.SignedStatement;
import io.jenkins.plugins.shera.oci.statement.SigningKey;
import io.jenkins.plugins.shera.oci.statement.Statement;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** The agent and the workspace where an order is carried out. */
final class BuildSite {
    /** Marks every process of one order, so that its leftovers are found. */
    static final String COOKIE = "SHERA_BUILD_IMAGE";

    private static final Duration COMMITS = Duration.ofSeconds(20);

    private final BuildOrder order;
    private final String cookie;
    private final Run<?, ?> run;
    private final TaskListener listener;
    private final FilePath workspace;
    private final Launcher launcher;
    private final EnvVars environment;
    private final AgentPrograms programs;

    BuildSite(StepContext context, BuildOrder order, String cookie) throws IOException, InterruptedException {
        this.order = order;
        this.cookie = cookie;
        this.run = context.get(Run.class);
        this.listener = context.get(TaskListener.class);
        this.workspace = context.get(FilePath.class);
        this.launcher = context.get(Launcher.class);
        this.environment = context.get(EnvVars.class);
        this.programs = new AgentPrograms(launcher, workspace, listener, Map.of(COOKIE, cookie));
    }

    /** Ends what an earlier run of this order left behind. */
    void endLeftovers() throws IOException, InterruptedException {
        launcher.kill(Map.of(COOKIE, cookie));
        GitFiles.folder(workspace, cookie).deleteRecursive();
        ImageMaking.folder(workspace, cookie).deleteRecursive();
    }

    Revision source() throws IOException, InterruptedException {
        workspace.mkdirs();
        Map<String, String> usual = environment == null ? Map.of() : environment;
        if (order.source == null) {
            return new WorkspaceRevision(programs, usual).read();
        }
        listener.getLogger().println("Fetching " + order.source);
        try (GitFiles secrets = GitFiles.write(order, run, workspace, cookie)) {
            Map<String, String> all = new HashMap<>(usual);
            all.putAll(secrets.environment());
            GitCheckout checkout = new GitCheckout(programs, all);
            Revision revision = checkout.checkOut(order.source);
            listener.getLogger().println("Source is at commit " + revision.commit());
            for (String submodule : checkout.submodules()) {
                listener.getLogger()
                        .println("WARNING: " + Quoted.of(submodule) + ": submodules are not fetched, so that folder is"
                                + " empty. Where it is needed, check the source out by Jenkins' own checkout step and"
                                + " give this step no git address.");
            }
            return revision;
        }
    }

    void maven(Revision revision) throws IOException, InterruptedException {
        if (order.maven == null) {
            return;
        }
        List<String> command = order.maven.arguments(workspace.child("mvnw").exists(), revision);
        Programs.Outcome outcome =
                programs.run(command, environment == null ? Map.of() : new HashMap<>(environment), true);
        if (!outcome.isGood()) {
            throw new AbortException("Maven ended with " + outcome.code() + ": " + ProgramEnd.why(outcome));
        }
    }

    ImageResult image(Revision revision) throws IOException, InterruptedException {
        return image(revision, order.tags.isEmpty() ? List.of(usualTag(revision)) : order.tags, apart(revision));
    }

    /** What checkQuality said of this commit in this build; nothing ties the image to it, as anything may have run in between. */
    private QualityVerdict apart(Revision revision) {
        for (QualityAction quality : run.getActions(QualityAction.class)) {
            QualityVerdict verdict = quality.verdict().unbound();
            if (verdict.getGate().equals(QualityVerdict.UNBOUND)
                    && verdict.getCommit().equals(revision.commit())) {
                listener.getLogger()
                        .println("WARNING: the quality of " + verdict.getProjectKey()
                                + " was checked by a step apart from"
                                + " this one, so the image's label says unbound: sheraBuild does both and ties them.");
                return verdict;
            }
        }
        return QualityVerdict.notRun();
    }

    /** Builds under these tags, with a label that states this quality. */
    ImageResult image(Revision revision, List<String> tags, QualityVerdict quality)
            throws IOException, InterruptedException {
        Destination destination = Destination.of(order);
        try (ImagesAtWork.Hold held =
                ImagesAtWork.get().begin(destination.reference(order.image), run.getExternalizableId())) {
            return image(revision, tags, quality, destination);
        }
    }

    private ImageResult image(Revision revision, List<String> tags, QualityVerdict quality, Destination destination)
            throws IOException, InterruptedException {
        FilePath own = WorkspaceList.tempDir(workspace);
        Map<String, String> usual = environment == null ? Map.of() : environment;
        SigningKey key = StatementKeys.get().signer();
        SbomWork sbom = SbomWork.of(order, key.trusted().pem(), usual, own.getRemote(), listener);
        ImageTask.Report made = new ImageMaking(order, workspace, listener, programs, usual, cookie, sbom)
                .carryOut(revision, tags, quality, destination);
        Commits commits = new CommitsSince(run, programs.within(COMMITS), usual)
                .read(destination.reference(order.image), revision);
        ImageResult plain = tell(made, destination, revision, tags, quality, key, commits);
        if (order.tools().isEmpty()) {
            return plain;
        }
        List<String> debugTags =
                tags.stream().map(tag -> tag + DebugVariant.SUFFIX).toList();
        DebugTask debug = new DebugTask(order, made, destination, debugTags, own.getRemote(), sbom, listener);
        return plain.with(tell(workspace.act(debug), destination, revision, debugTags, quality, key, commits));
    }

    /** Signs, says and writes down; a variant with debug tools bears the quality of what it was made on. */
    private ImageResult tell(
            ImageTask.Report report,
            Destination destination,
            Revision revision,
            List<String> tags,
            QualityVerdict quality,
            SigningKey key,
            Commits commits)
            throws IOException, InterruptedException {
        Statement said = new Statement(
                destination.reference(order.image),
                Digest.parse(report.digest()),
                Instant.now(),
                Claims.statement(quality, run.getExternalizableId()));
        workspace.act(new AttachTask(
                destination,
                order.image,
                report.digest(),
                SignedStatement.of(said, key),
                key.trusted().pem()));
        listener.getLogger()
                .println("Signed what is said of its quality (" + quality.getGate() + ") by the key "
                        + key.trusted().id());
        attachSboms(report.sboms(), destination, key);
        ImageResult result = new ImageResult(
                destination.reference(order.image), tags.get(0), report.digest(), revision.commit(), report.size());
        new BuildRecord(order, run).write(result, tags, report, quality.getGate(), commits);
        listener.getLogger()
                .println("Image " + result.getReference() + ", " + report.size() + " bytes, of which " + report.sent()
                        + " had to be sent");
        return result;
    }

    private void attachSboms(List<MadeSbom> sboms, Destination destination, SigningKey key)
            throws IOException, InterruptedException {
        for (MadeSbom one : sboms) {
            if (one.isNew()) {
                byte[] envelope = Attestation.sign(
                        destination.reference(order.image), Digest.parse(one.image()), one.content(), key);
                workspace.act(new AttachSbomTask(destination, order.image, one, envelope));
            }
        }
    }

    private String usualTag(Revision revision) {
        return revision.commit().isEmpty()
                ? "build-" + run.getNumber()
                : revision.commit().substring(0, 12);
    }
}
