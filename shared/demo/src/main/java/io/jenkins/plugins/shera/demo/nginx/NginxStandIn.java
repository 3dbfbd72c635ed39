package io.jenkins.plugins.shera.demo.nginx;

import io.jenkins.plugins.shera.nginx.render.RouteFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The command: {@code -c CONF} serves, {@code -t -c CONF} tests, {@code -s reload -c CONF} tells the server to reload. */
public final class NginxStandIn {
    private static final Pattern INCLUDE = Pattern.compile("include (/\\S+)/\\*\\.conf;");
    private static final String RELOAD = "reload.request";

    private NginxStandIn() {}

    /** Exits with 1 and a line on standard error when it cannot do what is asked. */
    public static void main(String[] arguments) throws Exception {
        List<String> words = List.of(arguments);
        Path conf = Path.of(words.get(words.indexOf("-c") + 1));
        try {
            if (words.contains("-t")) {
                RouteFiles.read(files(included(conf)));
            } else if (words.contains("-s")) {
                signal(conf);
            } else {
                serve(conf);
            }
        } catch (IOException e) {
            System.err.println("nginx stand-in: " + e.getMessage());
            System.exit(1);
        }
    }

    private static void signal(Path conf) throws IOException {
        if (!Files.exists(conf.resolveSibling("nginx.pid"))) {
            throw new IOException("invalid PID number \"\" in \"" + conf.resolveSibling("nginx.pid") + "\"");
        }
        Files.writeString(conf.resolveSibling(RELOAD), "");
    }

    private static void serve(Path conf) throws IOException, InterruptedException {
        Path pid = conf.resolveSibling("nginx.pid");
        Path request = conf.resolveSibling(RELOAD);
        RouteServers servers = new RouteServers();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> pid.toFile().delete()));
        servers.take(files(included(conf)));
        Files.writeString(pid, ProcessHandle.current().pid() + "\n");
        while (true) {
            if (Files.deleteIfExists(request)) {
                servers.take(files(included(conf)));
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private static Path included(Path conf) throws IOException {
        Matcher include = INCLUDE.matcher(Files.readString(conf));
        if (!include.find()) {
            throw new IOException("no include of a folder in " + conf
                    + "; the stand-in serves routes only, weights need a real nginx");
        }
        return Path.of(include.group(1));
    }

    private static SortedMap<String, byte[]> files(Path folder) throws IOException {
        SortedMap<String, byte[]> files = new TreeMap<>();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> entries = Files.list(folder)) {
                for (Path entry : entries.toList()) {
                    files.put(entry.getFileName().toString(), Files.readAllBytes(entry));
                }
            }
        }
        return files;
    }
}
