package io.jenkins.plugins.shera.monitoring.agent;

import io.jenkins.plugins.shera.monitoring.agent.access.AccessReview;
import io.jenkins.plugins.shera.monitoring.agent.access.ApiServer;
import io.jenkins.plugins.shera.monitoring.agent.files.Indexer;
import io.jenkins.plugins.shera.monitoring.agent.files.LogFolders;
import io.jenkins.plugins.shera.monitoring.agent.http.LogServer;
import io.jenkins.plugins.shera.monitoring.logs.LogSearch;
import java.io.IOException;
import java.net.InetSocketAddress;

/** All of the log agent on one node: it keeps indexes of the logs while they grow, and answers who may read them. */
public final class LogAgent implements AutoCloseable {

    private final ApiServer apiServer;
    private final Indexer indexer;
    private final LogServer server;

    private LogAgent(ApiServer apiServer, Indexer indexer, LogServer server) {
        this.apiServer = apiServer;
        this.indexer = indexer;
        this.server = server;
    }

    /**
     * Begins to index and to answer; whether the API server is there shows with the first question.
     *
     * @throws IOException if the address is taken or a file of the settings cannot be read
     */
    public static LogAgent start(Settings settings) throws IOException {
        ApiServer apiServer = ApiServer.of(settings);
        LogFolders folders = new LogFolders(settings.pods(), settings.docker());
        LogSearch search = new LogSearch();
        LogServer server = LogServer.start(settings, folders, search, new AccessReview(apiServer::api));
        Indexer indexer = new Indexer(folders, search);
        indexer.start();
        return new LogAgent(apiServer, indexer, server);
    }

    /** Where it answers. */
    public InetSocketAddress address() {
        return server.address();
    }

    @Override
    public void close() {
        server.close();
        indexer.close();
        apiServer.close();
    }
}
