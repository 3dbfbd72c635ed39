package io.jenkins.plugins.shera.build.projects;

import hudson.Extension;
import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.model.CauseAction;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.model.listeners.RunListener;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.shera.build.script.BuildSettings;
import io.jenkins.plugins.shera.build.script.CronSchedule;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.schedule.Schedules;
import java.io.IOException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;

/** Starts projects by the clock, after a new commit, and after other jobs; once a minute for the first two. */
@Extension
public class ProjectTriggers extends RunListener<Run<?, ?>> {
    private static final Logger LOGGER = Logger.getLogger(ProjectTriggers.class.getName());
    private static final Duration TICK = Duration.ofSeconds(20);

    private final Map<String, String> seen = new ConcurrentHashMap<>();
    private volatile ZonedDateTime last = ZonedDateTime.now().truncatedTo(ChronoUnit.MINUTES);

    /** Begins to tick once jobs are there. */
    @Initializer(after = InitMilestone.JOB_LOADED)
    public static void begin() {
        for (ProjectTriggers triggers : hudson.ExtensionList.lookup(ProjectTriggers.class)) {
            Schedules.get().every(TICK, "triggers of projects", ACL.SYSTEM_USERNAME, triggers::tick);
        }
    }

    private void tick() {
        ZonedDateTime now = ZonedDateTime.now().truncatedTo(ChronoUnit.MINUTES);
        // A minute that was slept through is made up for, an hour is not.
        for (ZonedDateTime minute = last.plusMinutes(1); !minute.isAfter(now); minute = minute.plusMinutes(1)) {
            if (minute.isAfter(now.minusMinutes(5))) {
                minute(minute);
            }
        }
        last = now;
    }

    /** Starts what is due in this minute. */
    void minute(ZonedDateTime minute) {
        for (Tenant tenant : SheraConfiguration.get().getTenants()) {
            for (WorkflowJob job : new Projects(tenant).all()) {
                try {
                    minute(tenant, job, minute);
                } catch (IOException | InterruptedException | RuntimeException e) {
                    LOGGER.log(Level.WARNING, "the triggers of " + job.getFullName() + " failed", e);
                }
            }
        }
    }

    private void minute(Tenant tenant, WorkflowJob job, ZonedDateTime minute) throws IOException, InterruptedException {
        ProjectProperty property = job.getProperty(ProjectProperty.class);
        if (due(property.getCron(), job, minute)) {
            start(job, new ProjectCause("clock", ""));
        } else if (due(property.getPoll(), job, minute)) {
            BuildSettings settings = Projects.settings(job).orElse(null);
            if (settings != null) {
                poll(tenant, job, settings);
            }
        }
    }

    private static boolean due(String schedule, WorkflowJob job, ZonedDateTime minute) {
        return !schedule.isEmpty()
                && CronSchedule.parse(schedule, job.getFullName()).fits(minute);
    }

    /** The first look only remembers what is there, unless nothing was built yet. */
    void poll(Tenant tenant, WorkflowJob job, BuildSettings settings) throws IOException, InterruptedException {
        String commit =
                GitLook.commit(tenant, settings.text("git"), settings.text("branch"), settings.text("credentialsId"));
        String before = seen.put(job.getFullName(), commit);
        boolean isNew = before == null ? job.getLastBuild() == null : !before.equals(commit);
        if (isNew) {
            start(job, new ProjectCause("poll", commit));
        }
    }

    @Override
    public void onCompleted(Run<?, ?> run, TaskListener listener) {
        if (run.getResult() == null || run.getResult().isWorseThan(Result.SUCCESS)) {
            return;
        }
        String name = run.getParent().getFullName();
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            for (Tenant tenant : SheraConfiguration.get().getTenants()) {
                for (WorkflowJob job : new Projects(tenant).all()) {
                    if (job.getProperty(ProjectProperty.class).getUpstream().contains(name)
                            && !job.getFullName().equals(name)) {
                        start(job, new ProjectCause("upstream", run.getExternalizableId()));
                    }
                }
            }
        }
    }

    static void start(WorkflowJob job, ProjectCause cause) {
        if (job.isBuildable()) {
            job.scheduleBuild2(0, new CauseAction(cause));
        }
    }
}
