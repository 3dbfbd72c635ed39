package io.jenkins.plugins.shera.kubeng;

import io.jenkins.plugins.shera.kubeng.daemon.Daemon;
import java.io.IOException;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;

/** {@code java -jar kubeng.jar /etc/kubeng/kubeng.properties}; runs until it is ended. */
public final class Main {
    private static final Logger LOG = Logger.getLogger(Main.class.getName());

    private Main() {}

    /** Of the jar; empty where the classes do not come from it. */
    public static String version() {
        String version = Main.class.getPackage().getImplementationVersion();
        return version == null ? "" : version;
    }

    /** Takes the settings file as the only argument; exits with 2 when it cannot begin. */
    public static void main(String[] arguments) throws InterruptedException {
        if (arguments.length != 1) {
            LOG.severe("Give the settings file: java -jar kubeng.jar /etc/kubeng/kubeng.properties");
            System.exit(2);
        }
        try {
            Daemon daemon = Daemon.start(Settings.read(Path.of(arguments[0])));
            Runtime.getRuntime().addShutdownHook(new Thread(daemon::close));
            Thread.currentThread().join();
        } catch (IOException e) {
            LOG.log(Level.SEVERE, "KubeNg cannot begin: {0}", e.getMessage() == null ? e : e.getMessage());
            System.exit(2);
        }
    }
}
