package io.jenkins.plugins.shera.platform.pages;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.PluginWrapper;
import io.jenkins.plugins.shera.platform.access.AuditLog;
import io.jenkins.plugins.shera.platform.audit.AuditEntry;
import io.jenkins.plugins.shera.platform.audit.AuditQuery;
import io.jenkins.plugins.shera.platform.connection.KnownSecrets;
import io.jenkins.plugins.shera.platform.meters.Meters;
import io.jenkins.plugins.shera.platform.support.RecentLog;
import io.jenkins.plugins.shera.platform.support.Redaction;
import io.jenkins.plugins.shera.platform.support.SupportBundle;
import io.jenkins.plugins.shera.platform.support.SupportBundle.Part;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.export.Flavor;
import org.kohsuke.stapler.export.ModelBuilder;

/** What stands in a support bundle. Call it as an administrator: it tells of every tenant. */
public final class SupportParts {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int AUDIT_LINES = 500;
    private static final String READ_ME =
            """
            What SheRa's administrators may give to whoever helps them.

            about.json     versions of Jenkins, Java and the plugins
            platform.json  clusters, registries, the health of every connection, damaged files
            tenants.json   tenants, and the first steps still to be made
            metrics.txt    counts and times since Jenkins started
            audit.jsonl    the newest 500 lines of the audit trail, with the users' ids and addresses
            log.txt        the newest 1000 lines that SheRa logged since Jenkins started
            threads.txt    what every thread does now

            Credentials are named by their ids alone. Values of texts and passwords kept as credentials, private keys, passwords in
            addresses and whatever else looks like a secret were taken out. Names of people, hosts and images are in it: read it
            before you pass it on.
            """;

    private SupportParts() {}

    /** Writes the zip and leaves the stream open. */
    public static void write(OutputStream out) throws IOException {
        List<Part> parts = List.of(
                new Part("README.txt", to -> to.write(READ_ME)),
                new Part("about.json", SupportParts::about),
                new Part("platform.json", to -> exported(new PlatformView(), to)),
                new Part("tenants.json", to -> exported(new ConsoleAction(), to)),
                new Part("metrics.txt", SupportParts::metrics),
                new Part("audit.jsonl", SupportParts::audit),
                new Part("log.txt", SupportParts::log),
                new Part("threads.txt", SupportParts::threads));
        SupportBundle.write(out, parts, new Redaction(KnownSecrets.all()));
    }

    private static void about(Writer to) throws IOException {
        ObjectNode about = JSON.createObjectNode();
        about.put("at", Instant.now().toString());
        about.put("jenkins", Jenkins.VERSION);
        for (String name :
                List.of("java.version", "java.vm.name", "os.name", "os.arch", "user.language", "file.encoding")) {
            about.put(name, System.getProperty(name, ""));
        }
        Runtime runtime = Runtime.getRuntime();
        about.put("processors", runtime.availableProcessors());
        about.put("heapMost", runtime.maxMemory());
        about.put("heapUsed", runtime.totalMemory() - runtime.freeMemory());
        ArrayNode plugins = about.putArray("plugins");
        for (PluginWrapper plugin : Jenkins.get().getPluginManager().getPlugins()) {
            plugins.addObject()
                    .put("name", plugin.getShortName())
                    .put("version", plugin.getVersion())
                    .put("active", plugin.isActive());
        }
        to.write(about.toPrettyString());
    }

    private static <T> void exported(T bean, Writer to) throws IOException {
        @SuppressWarnings("unchecked")
        Class<T> type = (Class<T>) bean.getClass();
        new ModelBuilder().get(type).writeTo(bean, Flavor.JSON.createDataWriter(bean, to));
    }

    private static void metrics(Writer to) throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        Meters.get().write(text, MetersAction.readings());
        to.write(text.toString(StandardCharsets.UTF_8));
    }

    private static void audit(Writer to) throws IOException {
        for (AuditEntry entry : AuditLog.get()
                .trail()
                .search(AuditQuery.newest("", AUDIT_LINES))
                .entries()) {
            ObjectNode line = JSON.createObjectNode();
            line.put("at", entry.at().toString());
            line.put("who", entry.who());
            line.put("from", entry.from());
            line.put("what", entry.what());
            line.put("subject", entry.subject());
            line.put("tenant", entry.tenant());
            line.put("outcome", entry.outcome().text());
            to.write(line + "\n");
        }
    }

    private static void log(Writer to) throws IOException {
        for (String line : RecentLog.lines()) {
            to.write(line);
        }
    }

    private static void threads(Writer to) throws IOException {
        Map<String, StackTraceElement[]> all = new TreeMap<>();
        Thread.getAllStackTraces()
                .forEach((thread, frames) -> all.put(thread.getName() + " " + thread.getState(), frames));
        for (Map.Entry<String, StackTraceElement[]> each : all.entrySet()) {
            to.write(each.getKey() + "\n");
            for (StackTraceElement frame : each.getValue()) {
                to.write("    at " + frame + "\n");
            }
        }
    }
}
