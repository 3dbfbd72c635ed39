package io.jenkins.plugins.shera.monitoring.agent.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.shera.monitoring.agent.ThresholdSettings;
import io.jenkins.plugins.shera.monitoring.agent.kept.TokenFile;
import io.jenkins.plugins.shera.monitoring.agent.thresholds.Exposition;
import io.jenkins.plugins.shera.monitoring.agent.thresholds.ThresholdFiles;
import io.jenkins.plugins.shera.monitoring.served.ThresholdDaemon;
import io.jenkins.plugins.shera.monitoring.thresholds.ServedBook;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Serves thresholds as a metric, {@code GET /metrics}, and takes changes of them, {@code PUT /v1/thresholds/TENANT}, each made from the
 * generation that is kept. What it serves after a restart is what it was last told.
 */
public final class ThresholdServer implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(ThresholdServer.class.getName());
    private static final String TENANT = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
    private static final int LARGEST = 16 << 20;
    private static final int THREADS = 8;

    private final ThresholdFiles files;
    private final TokenFile pushToken;
    private final TokenFile scrapeToken;
    private final AtomicReference<byte[]> page;
    private final Answering answering;

    private ThresholdServer(HttpServer server, ThresholdFiles files, TokenFile pushToken, TokenFile scrapeToken) {
        this.files = files;
        this.pushToken = pushToken;
        this.scrapeToken = scrapeToken;
        this.page =
                new AtomicReference<>(Exposition.of(files.all(), files.damaged().size()));
        this.answering = Answering.start(
                server,
                "thresholds",
                THREADS,
                "The thresholds are as they were.",
                "it could not read or write its files",
                this::route);
    }

    /**
     * Begins to serve what lies on the disk.
     *
     * @throws IOException if the address or the folder is taken, or a file of the settings cannot be read
     */
    public static ThresholdServer start(ThresholdSettings settings) throws IOException {
        TokenFile push = TokenFile.of(settings.pushToken());
        TokenFile scrape = settings.scrapeToken() == null ? null : TokenFile.of(settings.scrapeToken());
        ThresholdFiles files = ThresholdFiles.open(settings.folder());
        try {
            HttpServer http = ServerTls.listen(settings.listen(), settings.certificate(), settings.key());
            return new ThresholdServer(http, files, push, scrape);
        } catch (IOException | RuntimeException e) {
            files.close();
            throw e;
        }
    }

    /** Where it answers. */
    public InetSocketAddress address() {
        return answering.address();
    }

    private void route(HttpExchange exchange) throws Refused, IOException {
        String path = exchange.getRequestURI().getPath();
        if (path.equals("/metrics")) {
            Answering.allow(exchange, "GET");
            Answering.authorise(exchange, scrapeToken);
            Answering.give(exchange, Exposition.TYPE, page.get());
        } else if (path.equals(ThresholdDaemon.PATH)) {
            Answering.allow(exchange, "GET");
            Answering.authorise(exchange, pushToken);
            Answering.giveTenants(exchange, tenants());
        } else if (path.startsWith(ThresholdDaemon.PATH + "/")) {
            Answering.authorise(exchange, pushToken);
            String tenant = path.substring(ThresholdDaemon.PATH.length() + 1);
            if (!tenant.matches(TENANT)) {
                throw new Refused(404, "tenant", "no tenant can be named so", "Give the id of a tenant.");
            }
            if (exchange.getRequestMethod().equals("PUT")) {
                replace(exchange, tenant);
            } else {
                Answering.allow(exchange, "GET");
            }
            Answering.give(exchange, "application/json", files.read(tenant).bytes("generation"));
        } else {
            throw new Refused(404, "path", "there is nothing here", "Ask for /metrics or /v1/thresholds.");
        }
    }

    private List<String> tenants() {
        return files.all().entrySet().stream()
                .filter(each -> !each.getValue().thresholds().isEmpty())
                .map(Map.Entry::getKey)
                .toList();
    }

    private void replace(HttpExchange exchange, String tenant) throws Refused, IOException {
        byte[] body = Answering.body(exchange, LARGEST, "Set fewer thresholds for this tenant.");
        Answering.change("{\"after\": N, \"thresholds\": [...]}", () -> {
            ServedBook from = ServedBook.read(body, "after");
            synchronized (files) {
                files.replace(tenant, from);
                page.set(Exposition.of(files.all(), files.damaged().size()));
            }
        });
    }

    @Override
    public void close() {
        answering.close();
        try {
            files.close();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "The folder of thresholds was not let go of", e);
        }
    }
}
