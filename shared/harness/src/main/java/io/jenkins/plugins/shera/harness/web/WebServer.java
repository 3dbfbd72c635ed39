package io.jenkins.plugins.shera.harness.web;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.io.IOException;
import java.util.EnumSet;
import org.eclipse.jetty.ee9.servlet.FilterHolder;
import org.eclipse.jetty.ee9.servlet.ServletContextHandler;
import org.eclipse.jetty.ee9.servlet.ServletHolder;
import org.eclipse.jetty.ee9.websocket.server.config.JettyWebSocketServletContainerInitializer;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.kohsuke.stapler.Stapler;

/** Jetty on the loopback address with Stapler behind the filters that Jenkins has, too. */
public final class WebServer implements AutoCloseable {
    private static final int MAX_FORM_BYTES = 4 * 1024 * 1024;
    private static final int MAX_FORM_KEYS = 10_000;
    private final Server server;
    private final ServerConnector connector;
    private final String contextPath;

    private WebServer(Server server, ServerConnector connector, String contextPath) {
        this.server = server;
        this.connector = connector;
        this.contextPath = contextPath;
    }

    /** Serves the site; port 0 takes a free one. The context path is empty or begins with a slash, as jenkins-test-harness' "/jenkins". */
    public static WebServer start(Site site, int port, String contextPath) throws IOException {
        QueuedThreadPool threads = new QueuedThreadPool(60, 4);
        threads.setName("Handling requests");
        threads.setDaemon(true);
        Server server = new Server(threads);
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(16 * 1024);
        ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost("127.0.0.1");
        connector.setPort(port);
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler(ServletContextHandler.SESSIONS);
        context.setContextPath(contextPath.isEmpty() ? "/" : contextPath);
        context.setMaxFormContentSize(MAX_FORM_BYTES);
        context.setMaxFormKeys(MAX_FORM_KEYS);
        context.getSessionHandler().setHttpOnly(true);
        context.getSessionHandler()
                .setMaxInactiveInterval((int) java.time.Duration.ofHours(8).toSeconds());
        context.getSessionHandler().getSessionCookieConfig().setName("JSESSIONID." + Integer.toHexString(port + 1));
        context.setErrorHandler(new ErrorPage(contextPath));
        add(context, new SecurityHeaders());
        add(context, new StaticFiles(site));
        add(context, new Authentications(site));
        add(context, new CrumbCheck(site));
        add(context, new Failures(site));
        context.addServlet(new ServletHolder("stapler", Stapler.class), "/*");
        JettyWebSocketServletContainerInitializer.configure(context, (servlets, sockets) -> {
            sockets.setMaxTextMessageSize(1024 * 1024);
            sockets.setMaxBinaryMessageSize(1024 * 1024);
        });
        server.setHandler(context);
        StaplerSetup.install(site, context.getServletContext());
        try {
            server.start();
        } catch (IOException | RuntimeException e) {
            stop(server);
            throw e;
        } catch (Exception e) {
            stop(server);
            throw new IOException("The web server does not start on port " + port + ": " + e.getMessage(), e);
        }
        WebServer started = new WebServer(server, connector, contextPath);
        site.started(context.getServletContext(), started.address());
        return started;
    }

    private static void add(ServletContextHandler context, Filter filter) {
        FilterHolder holder = new FilterHolder(filter);
        holder.setAsyncSupported(true);
        context.addFilter(holder, "/*", EnumSet.of(DispatcherType.REQUEST));
    }

    /** With a slash at the end. */
    public String address() {
        return "http://127.0.0.1:" + port() + contextPath + "/";
    }

    public int port() {
        return connector.getLocalPort();
    }

    @Override
    public void close() {
        stop(server);
    }

    private static void stop(Server server) {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("The web server does not stop: " + e.getMessage(), e);
        }
    }
}
