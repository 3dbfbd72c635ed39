package io.jenkins.plugins.shera.monitoring.hooks;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.ExtensionPoint;
import io.jenkins.plugins.shera.monitoring.alertmanager.Notice;
import io.jenkins.plugins.shera.monitoring.alertmanager.SeenNotices;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.config.Timelines;
import io.jenkins.plugins.shera.platform.timeline.TimelineEntry;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jvnet.localizer.Localizable;

/** Puts alerts on the timelines of their applications: once when one begins, once when it ends, however often Alertmanager says so. */
@Extension
public class AlertNews implements ExtensionPoint {

    private static final Duration BEFORE = Duration.ofMinutes(5);
    private static final Duration AFTER = Duration.ofMinutes(2);
    private static final Pattern SINCE = Pattern.compile("/logs/\\?environment=[a-z0-9-]+&since=([0-9TZ.%A-F-]+)&");
    private static final int LOOKED_AT = 200;
    private static final Set<TimelineEntry.Kind> RELEASES =
            Set.of(TimelineEntry.Kind.RELEASE, TimelineEntry.Kind.CANARY, TimelineEntry.Kind.PUSH);

    private final Map<String, SeenNotices> seen = new ConcurrentHashMap<>();

    /** The one instance. */
    public static AlertNews get() {
        return ExtensionList.lookupSingleton(AlertNews.class);
    }

    /** Keeps what is new of these; alerts of applications that the tenant does not have are left out. */
    public synchronized void keep(Tenant tenant, List<Notice> notices) throws IOException {
        SeenNotices known = seen.computeIfAbsent(
                tenant.getId(),
                id -> new SeenNotices(
                        SheraConfiguration.get().root().resolve("alerts").resolve(id + ".json")));
        for (Notice notice : notices) {
            Application application = SheraConfiguration.get().application(tenant.getId(), notice.label("application"));
            if (application != null && known.isNews(notice)) {
                Timelines.get().append(application, entry(application, notice));
                known.remember(notice);
            }
        }
    }

    private static TimelineEntry entry(Application application, Notice notice) throws IOException {
        String environment = application
                .environment(notice.label("environment"))
                .map(Environment::getName)
                .orElse("");
        Localizable title = notice.isFiring()
                ? Messages._AlertNews_firing(notice.label("metric"), notice.label("severity"))
                : Messages._AlertNews_resolved(notice.label("metric"), notice.label("severity"));
        TimelineEntry entry =
                TimelineEntry.now(TimelineEntry.Kind.ALERT, title, notice.summary(), "Alertmanager", environment);
        String address = "/shera/tenant/" + application.getTenant() + "/application/" + application.getName();
        if (!environment.isEmpty()) {
            entry = entry.linked(
                    Messages.AlertNews_logs(),
                    address + "/logs/?environment=" + environment + "&since="
                            + text(notice.from().minus(BEFORE)) + "&until="
                            + text(notice.from().plus(AFTER)));
        }
        Optional<TimelineEntry> release = before(application, environment, notice.from());
        if (notice.isFiring() && !notice.runbook().isEmpty()) {
            entry = entry.linked(Messages.AlertNews_runbook(), notice.runbook());
        }
        if (release.isPresent()) {
            entry = entry.linked(release.get().title(), where(release.get(), address));
        }
        return entry;
    }

    /** A rollout is seen, and stopped, where the releases are; anything else where it says. */
    private static String where(TimelineEntry release, String address) {
        if (release.kind() == TimelineEntry.Kind.CANARY) {
            return address + "/releases/";
        }
        return release.links().isEmpty()
                ? address + "/#timeline"
                : release.links().get(0).url();
    }

    /** When the newest alert of a metric on the timeline began; empty when there is none. */
    public static Optional<Instant> newest(Application application, String environment, String metric)
            throws IOException {
        Set<String> titles = Set.of(
                Messages._AlertNews_firing(metric, "warning").toString(Locale.ENGLISH),
                Messages._AlertNews_firing(metric, "critical").toString(Locale.ENGLISH));
        return Timelines.get()
                .of(application)
                .page(Long.MAX_VALUE, LOOKED_AT, TimelineEntry.Kind.ALERT)
                .entries()
                .stream()
                .filter(each -> each.environment().equals(environment) && titles.contains(each.title()))
                .findFirst()
                .map(AlertNews::began);
    }

    /** As its link to the logs has it; else when it was told. */
    private static Instant began(TimelineEntry entry) {
        for (TimelineEntry.Link link : entry.links()) {
            Matcher since = SINCE.matcher(link.url());
            if (since.find()) {
                return Instant.parse(URLDecoder.decode(since.group(1), StandardCharsets.UTF_8))
                        .plus(BEFORE);
            }
        }
        return entry.at();
    }

    private static String text(Instant instant) {
        return URLEncoder.encode(instant.toString(), StandardCharsets.UTF_8);
    }

    /** The newest release into that environment before a moment, among what happened last. */
    private static Optional<TimelineEntry> before(Application application, String environment, Instant moment)
            throws IOException {
        return Timelines.get().of(application).page(Long.MAX_VALUE, LOOKED_AT, null).entries().stream()
                .filter(each -> RELEASES.contains(each.kind()))
                .filter(each ->
                        each.environment().isEmpty() || each.environment().equals(environment))
                .filter(each -> !each.at().isAfter(moment))
                .findFirst();
    }
}
