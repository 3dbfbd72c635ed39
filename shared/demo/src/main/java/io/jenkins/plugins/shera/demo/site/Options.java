package io.jenkins.plugins.shera.demo.site;

import java.nio.file.Path;

/**
 * What the command line asked for.
 *
 * @param port where Jenkins shall listen; another one is taken when it is in use
 * @param once run the main job, print the table, stop everything
 * @param sandbox use no real part, even where there is one
 * @param install may Debian packages be installed
 * @param project the root of the project
 * @param work where everything the demo makes is kept
 */
public record Options(int port, boolean once, boolean sandbox, boolean install, Path project, Path work) {
    public static final String HELP =
            """
            bin/demo: watch a git repository become an image, run, and be reachable

              bin/demo                 start, run the quickstart and what follows it, stay until Ctrl-C
              bin/demo --once          run the demo, print a table, stop; exit 0 only if every stage succeeded
              bin/demo --port 9090     where Jenkins listens (8080; a free one if that is taken)
              bin/demo --sandbox       use the built-in stand-ins even where there is a real registry, nginx or cluster
              bin/demo --no-install    install nothing (as root on Debian or Ubuntu, missing real parts are installed)

            Real parts are used where they are found: docker-registry, nginx, and the cluster that KUBECONFIG names.
            """;

    /** Reads the words; an unknown one is refused. */
    public static Options of(String[] words, Path project) {
        int port = 8080;
        boolean once = false;
        boolean sandbox = false;
        boolean install = true;
        for (int i = 0; i < words.length; i++) {
            switch (words[i]) {
                case "--once" -> once = true;
                case "--sandbox" -> sandbox = true;
                case "--no-install" -> install = false;
                case "--port" -> port = port(i + 1 < words.length ? words[++i] : "");
                default -> throw new IllegalArgumentException("unknown option '" + words[i] + "'; see bin/demo --help");
            }
        }
        return new Options(
                port, once, sandbox, install, project, project.resolve("target").resolve("demo"));
    }

    private static int port(String text) {
        if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > 65535) {
            throw new IllegalArgumentException("--port wants a number from 1 to 65535, not '" + text + "'");
        }
        return Integer.parseInt(text);
    }
}
