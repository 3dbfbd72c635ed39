package io.jenkins.plugins.shera.harness.pipeline;

import hudson.Extension;
import hudson.init.TermMilestone;
import hudson.init.Terminator;
import hudson.model.Run;
import hudson.model.listeners.ItemListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/** Which builds run, on disk: after a restart they are loaded, and so go on. */
public final class UnfinishedBuilds {
    private static final Logger LOGGER = Logger.getLogger(UnfinishedBuilds.class.getName());

    private UnfinishedBuilds() {}

    /** Those of the running Jenkins. */
    public static UnfinishedBuilds get() {
        return new UnfinishedBuilds();
    }

    private static Path file() {
        return Jenkins.get().getRootDir().toPath().resolve("unfinished-builds.txt");
    }

    /** Notes that the build runs. */
    public void add(Run<?, ?> run) throws IOException {
        synchronized (UnfinishedBuilds.class) {
            Set<String> ids = read();
            ids.add(run.getExternalizableId());
            write(ids);
        }
    }

    /** Notes that the build is over. */
    public void remove(Run<?, ?> run) throws IOException {
        synchronized (UnfinishedBuilds.class) {
            Set<String> ids = read();
            if (ids.remove(run.getExternalizableId())) {
                write(ids);
            }
        }
    }

    private static Set<String> read() throws IOException {
        return Files.exists(file()) ? new LinkedHashSet<>(Files.readAllLines(file())) : new LinkedHashSet<>();
    }

    private static void write(Set<String> ids) throws IOException {
        Path part = file().resolveSibling(file().getFileName() + ".part");
        Files.write(part, ids);
        Files.move(part, file(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private void load() {
        List<String> ids;
        synchronized (UnfinishedBuilds.class) {
            try {
                ids = new ArrayList<>(read());
            } catch (IOException e) {
                LOGGER.log(Level.WARNING, "The list of running builds cannot be read: they do not go on", e);
                return;
            }
        }
        for (String id : ids) {
            Run<?, ?> run = Run.fromExternalizableId(id);
            LOGGER.log(Level.FINE, "{0} goes on", run);
        }
        RunningPrograms.get().all().forEach(ProgramRunner::goOn);
    }

    /** Lets the builds stand still when Jenkins goes down. */
    @Terminator(before = TermMilestone.STARTED)
    public static void suspend() {
        RunningPrograms.get().suspendAll();
    }

    /** Loads them once all jobs are there. */
    @Extension
    public static final class Loader extends ItemListener {
        @Override
        public void onLoaded() {
            get().load();
        }
    }
}
