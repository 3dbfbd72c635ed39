package io.jenkins.plugins.shera.monitoring.steps;

import hudson.AbortException;
import hudson.FilePath;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.monitoring.desk.logs.AlertMoment;
import io.jenkins.plugins.shera.monitoring.desk.logs.LogReading;
import io.jenkins.plugins.shera.monitoring.desk.logs.LogTimes;
import io.jenkins.plugins.shera.monitoring.desk.logs.LogWanted;
import io.jenkins.plugins.shera.monitoring.logs.Stamps;
import io.jenkins.plugins.shera.monitoring.logs.Window;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.platform.tenancy.TenantContext;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.SynchronousNonBlockingStepExecution;

/** Reads as the tenant and writes one file; safe to repeat. */
final class FetchLogsExecution extends SynchronousNonBlockingStepExecution<FetchedLogs> {
    private static final long serialVersionUID = 1L;

    static final long USUAL_LIMIT = 10_000_000;
    private static final long MOST = 1_000_000_000;
    private static final int BUFFER = 64 * 1024;

    private final FetchLogsStep step;

    FetchLogsExecution(FetchLogsStep step, StepContext context) {
        super(context);
        this.step = step;
    }

    @Override
    protected FetchedLogs run() throws Exception {
        Run<?, ?> build = getContext().get(Run.class);
        TaskListener listener = getContext().get(TaskListener.class);
        FilePath workspace = getContext().get(FilePath.class);
        try {
            TenantContext context = TenantContext.forRun(build, step.getTenant(), SheraPermissions.LOGS);
            Application application = context.application(step.getApplication());
            context.environment(application, step.getEnvironment());
            String file = file();
            if (step.getLimitBytes() < 1 || step.getLimitBytes() > MOST) {
                throw LogReading.refused(
                        "limitBytes",
                        Messages.FetchLogsExecution_limit(MOST),
                        Messages.FetchLogsExecution_limit_next());
            }
            LogWanted wanted = wanted(context, application);
            FetchedLogs fetched = fetch(context, application, wanted, workspace.child(file), file);
            fetched.getRemarks().forEach(remark -> listener.getLogger().println(remark));
            listener.getLogger()
                    .println(Messages.FetchLogsExecution_done(
                            fetched.getLines(), fetched.getBytes(), fetched.getContainers(), file));
            return fetched;
        } catch (Refusal e) {
            throw new AbortException(e.getMessage());
        }
    }

    private String file() {
        String file = step.getFile().isEmpty()
                ? "logs-" + step.getApplication() + "-" + step.getEnvironment() + ".log"
                : step.getFile();
        boolean inside = file.length() <= 200
                && !file.matches("(?s).*[\\p{Cntrl}\\\\:].*")
                && !file.startsWith("/")
                && !file.endsWith("/")
                && List.of(file.split("/")).stream()
                        .noneMatch(part -> part.isEmpty() || part.equals("..") || part.equals("."));
        if (!inside) {
            throw LogReading.refused(
                    "file", Messages.FetchLogsExecution_file(), Messages.FetchLogsExecution_file_next());
        }
        return file;
    }

    private LogWanted wanted(TenantContext context, Application application) {
        Instant now = Instant.now();
        boolean ranged = !step.getSince().isEmpty() || !step.getUntil().isEmpty();
        boolean moment = !step.getAround().isEmpty() || !step.getAlert().isEmpty();
        if (ranged && moment || !step.getAround().isEmpty() && !step.getAlert().isEmpty()) {
            throw LogReading.refused(
                    "since", Messages.FetchLogsExecution_both(), Messages.FetchLogsExecution_both_next());
        }
        LogTimes.Range range;
        if (moment) {
            Instant at = step.getAlert().isEmpty()
                    ? LogTimes.time("around", step.getAround(), now)
                    : AlertMoment.of(context.tenant(), application, step.getEnvironment(), step.getAlert());
            range = LogTimes.around(at, step.getBefore(), step.getAfterwards());
        } else {
            range = LogTimes.between(step.getSince(), step.getUntil(), now);
        }
        String containers = step.getContainers();
        return LogWanted.of(step.getEnvironment(), range)
                .in(step.getPod(), containers.isEmpty() ? List.of() : List.of(containers.split("[\\s,]+")))
                .ofRunBefore(step.isPrevious())
                .like(step.getGrep(), step.isRegex());
    }

    private FetchedLogs fetch(
            TenantContext context, Application application, LogWanted wanted, FilePath target, String file)
            throws IOException, InterruptedException {
        try (LogReading reading = LogReading.open(context.tenant(), application, wanted)) {
            reading.begin();
            LogReading.Written written;
            try (OutputStream out = new BufferedOutputStream(target.write(), BUFFER)) {
                written = reading.all(out, step.getLimitBytes());
            }
            Window window = wanted.range().window();
            return new FetchedLogs(
                    file,
                    written,
                    reading,
                    window.since() == Long.MIN_VALUE + 1 ? "" : Stamps.text(window.since()),
                    window.until() == Long.MAX_VALUE ? "" : Stamps.text(window.until()));
        } catch (KubeException e) {
            throw LogReading.unavailable(e);
        }
    }
}
