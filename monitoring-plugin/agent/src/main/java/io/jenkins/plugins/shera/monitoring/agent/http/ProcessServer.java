package io.jenkins.plugins.shera.monitoring.agent.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.shera.monitoring.agent.ProcessSettings;
import io.jenkins.plugins.shera.monitoring.agent.kept.TokenFile;
import io.jenkins.plugins.shera.monitoring.agent.processes.ContainerNames;
import io.jenkins.plugins.shera.monitoring.agent.processes.ProcessCounter;
import io.jenkins.plugins.shera.monitoring.agent.thresholds.Exposition;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;

/** Serves what the containers of this node have open, {@code GET /metrics}. However many ask, /proc is read by one, and not twice in five seconds. */
public final class ProcessServer implements AutoCloseable {

    private static final long FRESH_NANOS = Duration.ofSeconds(5).toNanos();
    private static final int THREADS = 4;

    private final ProcessCounter counter;
    private final TokenFile scrapeToken;
    private final Answering answering;
    private byte[] page;
    private long counted;

    private ProcessServer(HttpServer server, ProcessCounter counter, TokenFile scrapeToken) {
        this.counter = counter;
        this.scrapeToken = scrapeToken;
        this.answering = Answering.start(
                server, "processes", THREADS, "Nothing was counted.", "it could not read /proc", this::route);
    }

    /**
     * Begins to answer.
     *
     * @throws IOException if the address is taken or a file of the settings cannot be read
     */
    public static ProcessServer start(ProcessSettings settings) throws IOException {
        TokenFile scrape = settings.scrapeToken() == null ? null : TokenFile.of(settings.scrapeToken());
        ProcessCounter counter = new ProcessCounter(settings.proc(), new ContainerNames(settings.containers()));
        return new ProcessServer(
                ServerTls.listen(settings.listen(), settings.certificate(), settings.key()), counter, scrape);
    }

    /** Where it answers. */
    public InetSocketAddress address() {
        return answering.address();
    }

    private void route(HttpExchange exchange) throws Refused, IOException {
        Answering.allow(exchange, "GET");
        if (!exchange.getRequestURI().getPath().equals("/metrics")) {
            throw new Refused(404, "path", "there is nothing here", "Ask for /metrics.");
        }
        Answering.authorise(exchange, scrapeToken);
        Answering.give(exchange, Exposition.TYPE, page());
    }

    private synchronized byte[] page() throws IOException {
        if (page == null || System.nanoTime() - counted > FRESH_NANOS) {
            page = counter.page();
            counted = System.nanoTime();
        }
        return page.clone();
    }

    @Override
    public void close() {
        answering.close();
    }
}
