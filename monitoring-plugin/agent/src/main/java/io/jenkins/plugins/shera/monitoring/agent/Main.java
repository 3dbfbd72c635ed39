package io.jenkins.plugins.shera.monitoring.agent;

import io.jenkins.plugins.shera.monitoring.agent.http.ChatServer;
import io.jenkins.plugins.shera.monitoring.agent.http.ProcessServer;
import io.jenkins.plugins.shera.monitoring.agent.http.ThresholdServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
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
            begin(Path.of(arguments[0]));
            Thread.currentThread().join();
        } catch (IOException e) {
            LOG.log(Level.SEVERE, "The daemon cannot begin: {0}", e.getMessage() == null ? e : e.getMessage());
            System.exit(2);
        }
    }

    private static void begin(Path settings) throws IOException {
        Set<String> roles = Settings.roles(settings);
        if (roles.contains("thresholds")) {
            ThresholdServer thresholds = ThresholdServer.start(ThresholdSettings.read(settings));
            Runtime.getRuntime().addShutdownHook(new Thread(thresholds::close));
            LOG.log(Level.INFO, "Thresholds are served at {0}", thresholds.address());
        }
        if (roles.contains("chats")) {
            ChatServer chats = ChatServer.start(ChatSettings.read(settings));
            Runtime.getRuntime().addShutdownHook(new Thread(chats::close));
            LOG.log(Level.INFO, "Alerts for robots of chats are taken at {0}", chats.address());
        }
        if (roles.contains("processes")) {
            ProcessServer processes = ProcessServer.start(ProcessSettings.read(settings));
            Runtime.getRuntime().addShutdownHook(new Thread(processes::close));
            LOG.log(Level.INFO, "Processes are counted at {0}", processes.address());
        }
        if (roles.contains("logs")) {
            LogAgent agent = LogAgent.start(Settings.read(settings, System.getenv()));
            Runtime.getRuntime().addShutdownHook(new Thread(agent::close));
            LOG.log(Level.INFO, "The log agent answers at {0}", agent.address());
        }
    }
}
