package io.jenkins.plugins.shera.monitoring.cli;

import hudson.Extension;
import hudson.cli.CLICommand;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.monitoring.desk.logs.AlertMoment;
import io.jenkins.plugins.shera.monitoring.desk.logs.LogReading;
import io.jenkins.plugins.shera.monitoring.desk.logs.LogTimes;
import io.jenkins.plugins.shera.monitoring.desk.logs.LogWanted;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.kohsuke.args4j.Argument;
import org.kohsuke.args4j.Option;

/**
 * {@code shera-logs TENANT APPLICATION ENVIRONMENT}: what its containers say, {@code TIME POD TEXT} lines in the order of time. What
 * is missing stands on standard error too, and the command then ends with 2.
 */
@Extension
public class LogsCommand extends CLICommand {

    @Argument(index = 0, metaVar = "TENANT", required = true, usage = "id of the tenant")
    public String tenant = "";

    @Argument(index = 1, metaVar = "APPLICATION", required = true, usage = "name of the application")
    public String application = "";

    @Argument(index = 2, metaVar = "ENVIRONMENT", required = true, usage = "name of the environment")
    public String environment = "";

    @Option(name = "-since", usage = "ISO 8601, or 10m for ten minutes ago")
    public String since = "";

    @Option(name = "-until", usage = "the same; up to now when left out")
    public String until = "";

    @Option(name = "-around", usage = "a moment, in place of -since and -until")
    public String around = "";

    @Option(name = "-alert", usage = "a metric: around the beginning of its newest alert")
    public String alert = "";

    @Option(name = "-before", usage = "how long before the moment, as 30s; 5m when left out")
    public String before = "";

    @Option(name = "-afterwards", usage = "how long after the moment; 2m when left out")
    public String afterwards = "";

    @Option(name = "-pod", usage = "name of one pod")
    public String pod = "";

    @Option(name = "-container", usage = "name of one container")
    public String container = "";

    @Option(name = "-grep", usage = "only lines that hold this text, whatever its case")
    public String grep = "";

    @Option(name = "-regex", usage = "-grep is an RE2 expression")
    public boolean regex;

    @Option(name = "-previous", usage = "the run before the last restart")
    public boolean previous;

    @Override
    public String getName() {
        return "shera-logs";
    }

    @Override
    public String getShortDescription() {
        return Messages.LogsCommand_description();
    }

    @Override
    protected int run() throws IOException {
        try {
            Tenant of = Found.tenant(tenant, SheraPermissions.LOGS);
            Application found = Found.application(of, application);
            Found.environment(of, found, environment);
            return print(of, found);
        } catch (Refusal e) {
            stderr.println(e.getMessage());
            return 1;
        } catch (KubeException e) {
            stderr.println(LogReading.unavailable(e).getMessage());
            return 1;
        }
    }

    private int print(Tenant of, Application found) throws IOException {
        Instant now = Instant.now();
        Instant moment = LogTimes.time("around", around, now);
        if (moment == null && !alert.isEmpty()) {
            moment = AlertMoment.of(of, found, environment, alert);
        }
        LogTimes.Range range =
                moment == null ? LogTimes.between(since, until, now) : LogTimes.around(moment, before, afterwards);
        LogWanted wanted = LogWanted.of(environment, range)
                .in(pod, container.isEmpty() ? List.of() : List.of(container))
                .ofRunBefore(previous)
                .like(grep, regex);
        try (LogReading reading = LogReading.open(of, found, wanted)) {
            reading.begin();
            LogReading.Written written = reading.all(stdout, LogReading.MOST_SAVED);
            stdout.flush();
            reading.remarks().forEach(stderr::println);
            boolean whole = !written.full() && reading.unread().isEmpty() && reading.read() == reading.matching();
            return whole ? 0 : 2;
        }
    }
}
