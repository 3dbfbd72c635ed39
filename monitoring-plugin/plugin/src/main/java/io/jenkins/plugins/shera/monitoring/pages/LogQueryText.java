package io.jenkins.plugins.shera.monitoring.pages;

import io.jenkins.plugins.shera.monitoring.desk.logs.AlertMoment;
import io.jenkins.plugins.shera.monitoring.desk.logs.LogReading;
import io.jenkins.plugins.shera.monitoring.desk.logs.LogTimes;
import io.jenkins.plugins.shera.monitoring.desk.logs.LogWanted;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.platform.pages.QueryText;
import io.jenkins.plugins.shera.platform.rest.RefusedRead;
import java.time.Instant;
import java.util.List;
import org.kohsuke.stapler.StaplerRequest2;

/** What a query asks of the logs; a bad one is a {@link RefusedRead}, before any connection is opened. */
final class LogQueryText {

    private final Tenant tenant;
    private final Application application;
    private final QueryText query;

    LogQueryText(Tenant tenant, Application application, StaplerRequest2 request) {
        this.tenant = tenant;
        this.application = application;
        this.query = new QueryText(request);
    }

    /** Opens what is asked for. */
    LogReading open() {
        try {
            String container = query.text("container");
            LogWanted wanted = LogWanted.of(query.text("environment"), range())
                    .in(query.text("pod"), container.isEmpty() ? List.of() : List.of(container))
                    .ofRunBefore(query.text("previous").equals("true"))
                    .bounded(query.text("tail"), query.text("skip"))
                    .like(query.text("grep"), query.text("regex").equals("true"));
            return LogReading.open(tenant, application, wanted);
        } catch (Refusal e) {
            throw new RefusedRead(e);
        }
    }

    private LogTimes.Range range() {
        Instant now = Instant.now();
        if (!query.text("after").isEmpty()) {
            return LogTimes.after(query.text("after"), query.text("until"), now);
        }
        Instant moment = LogTimes.time("around", query.text("around"), now);
        if (moment == null && !query.text("alert").isEmpty()) {
            moment = AlertMoment.of(tenant, application, query.text("environment"), query.text("alert"));
        }
        return moment == null
                ? LogTimes.between(query.text("since"), query.text("until"), now)
                : LogTimes.around(moment, query.text("before"), query.text("afterwards"));
    }

    /** How many bytes of text are wanted. */
    long limit() {
        String text = query.text("limit");
        if (text.isEmpty()) {
            return LogReading.MOST_SAVED;
        }
        if (!text.matches("[0-9]{1,9}") || Long.parseLong(text) < 1 || Long.parseLong(text) > LogReading.MOST_SAVED) {
            throw new RefusedRead(LogReading.refused(
                    "limit", Messages.LogsPage_limit(LogReading.MOST_SAVED), Messages.LogsPage_limit_next()));
        }
        return Long.parseLong(text);
    }
}
