package io.jenkins.plugins.shera.monitoring.pages;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.monitoring.desk.logs.LogReading;
import io.jenkins.plugins.shera.monitoring.logs.Stamps;
import io.jenkins.plugins.shera.monitoring.sources.AgentFirst;
import io.jenkins.plugins.shera.monitoring.sources.KubernetesLogs.PodContainer;
import io.jenkins.plugins.shera.monitoring.sources.LogLine;
import io.jenkins.plugins.shera.monitoring.sources.Newest;
import io.jenkins.plugins.shera.monitoring.sources.UnreadLog;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.pages.PageTexts;
import io.jenkins.plugins.shera.platform.pages.TabPage;
import io.jenkins.plugins.shera.platform.rest.RefusedRead;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;
import org.kohsuke.stapler.verb.GET;

/** What the containers of one application say, read in the cluster as the tenant. */
@ExportedBean
public final class LogsPage extends TabPage {

    private static final String TEXT = "text/plain;charset=UTF-8";
    private static final int BUFFER = 64 * 1024;

    private final Tenant tenant;
    private final Application application;

    LogsPage(Tenant tenant, Application application) {
        super(application, "logs");
        this.tenant = tenant;
        this.application = application;
    }

    @Override
    public String getDisplayName() {
        return Messages.LogsTab_title();
    }

    @Override
    public String getPlugin() {
        return "shera-monitoring";
    }

    @Override
    public String getTexts() {
        return PageTexts.json(Messages.class);
    }

    /** Name of the application. */
    @Exported
    public String getApplication() {
        return application.getName();
    }

    /** Names of its environments, in order. */
    @Exported
    public List<String> getEnvironments() {
        return application.getEnvironments().stream().map(Environment::getName).toList();
    }

    /** The containers of {@code ?environment=}, each with its state. */
    @GET
    public void doContainers(StaplerRequest2 request, StaplerResponse2 response) throws IOException {
        try (LogReading reading = new LogQueryText(tenant, application, request).open()) {
            ObjectNode body = JsonNodeFactory.instance.objectNode();
            ArrayNode all = body.putArray("containers");
            for (PodContainer one : reading.containers()) {
                ObjectNode container = all.addObject();
                container.put("pod", one.pod());
                container.put("container", one.container());
                container.put("node", one.node());
                container.put("state", one.state());
                container.put("restarts", one.restarts());
                container.put("previous", one.previous());
            }
            answer(response, body);
        } catch (KubeException e) {
            throw unavailable(e);
        }
    }

    /**
     * The newest lines, at most {@code tail} of them: {@code ?environment=dev&pod=&container=&tail=500}, of a range by {@code
     * since} and {@code until} (ISO 8601, both ends included), what came since by {@code after} (nanoseconds, as the last line
     * had them), around a time or an alert by {@code around} or {@code alert} with {@code before} and {@code afterwards}, with a
     * text or RE2 expression by {@code grep} and {@code regex=true}, of the run before the last restart by {@code previous=true}. Of more than 50 containers {@code skip=50} gives the
     * next ones. The answer says what is missing: {@code unread} containers, and the time where reading {@code stopped}, and where each
     * container's lines came from.
     */
    @GET
    public void doLines(StaplerRequest2 request, StaplerResponse2 response) throws IOException {
        try (LogReading reading = new LogQueryText(tenant, application, request).open()) {
            Newest lines = reading.last();
            ObjectNode body = JsonNodeFactory.instance.objectNode();
            body.put("cut", lines.cut());
            body.put("stopped", lines.stopped() == Newest.TO_THE_END ? "" : Stamps.text(lines.stopped()));
            ObjectNode containers = body.putObject("containers");
            containers.put("matching", reading.matching());
            containers.put("skipped", reading.skipped());
            containers.put("read", reading.read());
            ArrayNode unread = body.putArray("unread");
            for (UnreadLog each : reading.unread()) {
                ObjectNode one = unread.addObject();
                one.put("pod", each.log().pod());
                one.put("container", each.log().container());
                one.put("begun", each.begun());
                one.put("why", LogReading.sort(each.why()));
            }
            sources(body, reading);
            ArrayNode all = body.putArray("lines");
            for (LogLine line : lines.lines()) {
                ObjectNode one = all.addObject();
                one.put("time", Stamps.text(line.stamp()));
                one.put("nanos", String.valueOf(line.stamp()));
                one.put("pod", line.log().pod());
                one.put("container", line.log().container());
                one.put("text", line.text());
                if (line.omitted() > 0) {
                    one.put("omitted", line.omitted());
                }
            }
            answer(response, body);
        } catch (KubeException e) {
            throw unavailable(e);
        }
    }

    private static void sources(ObjectNode body, LogReading reading) {
        body.putObject("store").put("why", reading.stores().problem()).put("link", reading.link());
        body.put("ordered", reading.isOrdered());
        ArrayNode sources = body.putArray("sources");
        AgentFirst source = reading.source();
        for (AgentFirst.Origin origin : source.origins()) {
            ObjectNode one = sources.addObject();
            one.put("pod", origin.log().pod());
            one.put("container", origin.log().container());
            one.put("source", origin.source());
            one.put("why", origin.why() == null ? "" : origin.why().name());
            one.put("ordered", source.isOrdered(origin.log()));
            one.put("cut", source.isCut(origin.log()));
            one.put("clockMillis", source.ahead(origin.log()) / 1_000_000);
        }
    }

    /** All lines the same parameters mean, as a text file of at most 100 MB; each with its time and pod. */
    @GET
    public void doDownload(StaplerRequest2 request, StaplerResponse2 response) throws IOException {
        LogQueryText text = new LogQueryText(tenant, application, request);
        try (LogReading reading = text.open()) {
            long limit = text.limit();
            reading.begin();
            response.setContentType(TEXT);
            response.setHeader("X-Content-Type-Options", "nosniff");
            response.setHeader("Content-Disposition", "attachment; filename=\"" + application.getName() + ".log\"");
            try (OutputStream out = new BufferedOutputStream(response.getOutputStream(), BUFFER)) {
                reading.all(out, limit);
            }
        } catch (KubeException e) {
            throw unavailable(e);
        }
    }

    private static void answer(StaplerResponse2 response, ObjectNode body) throws IOException {
        response.setContentType("application/json;charset=UTF-8");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Cache-Control", "no-store");
        response.getOutputStream().write(body.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static RefusedRead unavailable(KubeException e) {
        return new RefusedRead(LogReading.unavailable(e));
    }
}
