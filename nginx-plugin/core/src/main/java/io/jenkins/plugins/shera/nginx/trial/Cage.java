package io.jenkins.plugins.shera.nginx.trial;

import io.jenkins.plugins.shera.nodes.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The tightest way in which this machine lets us run a program: what of {@code unshare}, {@code setpriv} and {@code prlimit} is here
 * and works.
 *
 * @param prefix what stands before the program's own arguments
 * @param protections that hold
 */
record Cage(List<String> prefix, Set<Protection> protections) {
    /** How long anything may run in it. */
    static final Duration LIMIT = Duration.ofSeconds(10);

    private static final String NOBODY = "65534";
    private static final List<String> FOLDERS = List.of("/usr/bin", "/bin", "/usr/sbin", "/sbin");
    private static final Duration TRY = Duration.ofSeconds(5);
    private static Cage ofMachine;

    /** Tried once; the machine does not change. */
    static synchronized Cage here() throws InterruptedException {
        if (ofMachine == null) {
            ofMachine = found("root".equals(System.getProperty("user.name")));
        }
        return ofMachine;
    }

    private static Cage found(boolean root) throws InterruptedException {
        Cage cage = new Cage(List.of(), EnumSet.of(Protection.TIME));
        cage = cage.with(
                "unshare",
                List.of(root ? List.of("--net", "--") : List.of("--user", "--net", "--")),
                Protection.NETWORK);
        cage = cage.with(
                "prlimit",
                List.of(List.of("--as=1073741824", "--cpu=10", "--nofile=1024", "--core=0", "--fsize=67108864", "--")),
                Protection.MEMORY);
        List<String> user = List.of("--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups");
        if (root) {
            cage = cage.with(
                    "setpriv", List.of(user, List.of("--no-new-privs", "--bounding-set=-all", "--")), Protection.USER);
            return cage.protections().contains(Protection.USER) ? cage.and(Protection.PRIVILEGES) : cage;
        }
        return cage.with("setpriv", List.of(List.of("--no-new-privs", "--")), Protection.PRIVILEGES);
    }

    private Cage and(Protection protection) {
        Set<Protection> more = EnumSet.copyOf(protections);
        more.add(protection);
        return new Cage(prefix, more);
    }

    /** The same with this tool, if it is here and lets a program run. */
    private Cage with(String tool, List<List<String>> arguments, Protection protection) throws InterruptedException {
        Optional<Path> program = program(tool);
        if (program.isEmpty()) {
            return this;
        }
        List<String> longer = new ArrayList<>(prefix);
        longer.add(program.get().toString());
        arguments.forEach(longer::addAll);
        List<String> trial = new ArrayList<>(longer);
        trial.add(program("true").map(Path::toString).orElse("true"));
        try {
            boolean works = Command.run(trial, program.get().getRoot(), TRY).succeeded();
            return works ? new Cage(List.copyOf(longer), protections).and(protection) : this;
        } catch (IOException e) {
            return this;
        }
    }

    private static Optional<Path> program(String tool) {
        Stream<Path> places = FOLDERS.stream().map(folder -> Path.of(folder, tool));
        return places.filter(Files::isExecutable).findFirst();
    }

    /** Whether what is run is another user than we are, to whom its files have to be given. */
    boolean isOtherUser() {
        return protections.contains(Protection.USER);
    }
}
