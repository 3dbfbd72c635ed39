package io.jenkins.plugins.shera.monitoring.agent;

import java.io.IOException;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;

/** {@code java -jar shera-monitoring.jar /etc/shera-monitoring/agent.properties}; runs until it is ended. */
public final class Main {
    private static final Logger LOG = Logger.getLogger(Main.class.getName());

    private Main() {}

    /** Takes the settings file as the only argument; exits with 2 when it cannot begin. */
    public static void main(String[] arguments) throws InterruptedException {
        if (arguments.length != 1) {
            LOG.severe("Give the settings file: java -jar shera-monitoring.jar /etc/shera-monitoring/agent.properties");
            System.exit(2);
        }
        // Who opens a connection and asks nothing does not keep it.
        System.setProperty("sun.net.httpserver.maxReqTime", "30");
        System.setProperty("sun.net.httpserver.maxRspTime", "660");
        System.setProperty("sun.net.httpserver.maxIdleConnections", "50");
        try {
            LogAgent agent = LogAgent.start(Settings.read(Path.of(arguments[0]), System.getenv()));
            Runtime.getRuntime().addShutdownHook(new Thread(agent::close));
            LOG.log(Level.INFO, "The log agent answers at {0}", agent.address());
            Thread.currentThread().join();
        } catch (IOException e) {
            LOG.log(Level.SEVERE, "The log agent cannot begin: {0}", e.getMessage() == null ? e : e.getMessage());
            System.exit(2);
        }
    }
}
