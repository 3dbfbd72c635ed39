package jenkins.model.lazy;

import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.Job;
import hudson.model.Run;
import hudson.model.RunMap;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.util.SortedMap;

/** What jobs share that keep their builds in a {@link RunMap}. */
public abstract class LazyBuildMixIn<
        JobT extends Job<JobT, RunT> & LazyBuildMixIn.LazyLoadingJob<JobT, RunT>,
        RunT extends Run<JobT, RunT> & LazyBuildMixIn.LazyLoadingRun<JobT, RunT>> {
    private final RunMap<RunT> builds = new RunMap<>();

    protected LazyBuildMixIn() {}

    protected abstract JobT asJob();

    /** The class of the builds. */
    protected abstract Class<RunT> getBuildClass();

    public final RunMap<RunT> getRunMap() {
        return builds;
    }

    public final RunMap<RunT> _getRuns() {
        return builds;
    }

    /** To be called when the job was made new. */
    public final void onCreatedFromScratch() {}

    /** To be called when the job was read from disk. */
    public void onLoad(ItemGroup<? extends Item> parent, String name) throws IOException {
        builds.load(asJob(), this::loadBuild);
    }

    /** Reads one build. */
    public RunT loadBuild(File dir) throws IOException {
        return make(new Class<?>[] {asJob().getClass(), File.class}, asJob(), dir);
    }

    /** Makes a new build and saves it. */
    public final synchronized RunT newBuild() throws IOException {
        RunT build = make(new Class<?>[] {asJob().getClass()}, asJob());
        Files.createDirectories(build.getRootDir().toPath());
        builds.put(build);
        return build;
    }

    private RunT make(Class<?>[] types, Object... arguments) throws IOException {
        try {
            java.lang.reflect.Constructor<RunT> constructor = getBuildClass().getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof IOException
                    ? (IOException) e.getCause()
                    : new IOException("cannot make a build of " + asJob().getFullName(), e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IOException("cannot make a build of " + asJob().getFullName(), e);
        }
    }

    public final void removeRun(RunT run) {
        builds.remove(run);
    }

    public final RunT getBuild(String id) {
        return builds.values().stream()
                .filter(run -> run.getId().equals(id))
                .findFirst()
                .orElse(null);
    }

    public final RunT getBuildByNumber(int n) {
        return builds.get(n);
    }

    public final RunT getFirstBuild() {
        return builds.oldestValue();
    }

    public final RunT getLastBuild() {
        return builds.newestValue();
    }

    /** A job that has the mix-in. */
    public interface LazyLoadingJob<
            JobT extends Job<JobT, RunT> & LazyLoadingJob<JobT, RunT>,
            RunT extends Run<JobT, RunT> & LazyLoadingRun<JobT, RunT>> {
        LazyBuildMixIn<JobT, RunT> getLazyBuildMixIn();
    }

    /** A build of such a job. */
    public interface LazyLoadingRun<
            JobT extends Job<JobT, RunT> & LazyLoadingJob<JobT, RunT>,
            RunT extends Run<JobT, RunT> & LazyLoadingRun<JobT, RunT>> {
        RunMixIn<JobT, RunT> getRunMixIn();
    }

    /** What such builds share. */
    public abstract static class RunMixIn<
            JobT extends Job<JobT, RunT> & LazyLoadingJob<JobT, RunT>,
            RunT extends Run<JobT, RunT> & LazyLoadingRun<JobT, RunT>> {
        protected RunMixIn() {}

        protected abstract RunT asRun();

        public final RunT getPreviousBuild() {
            SortedMap<Integer, RunT> older = runs().tailMap(asRun().getNumber() - 1);
            return older.isEmpty() ? null : older.get(older.firstKey());
        }

        public final RunT getNextBuild() {
            SortedMap<Integer, RunT> newer = runs().headMap(asRun().getNumber());
            return newer.isEmpty() ? null : newer.get(newer.lastKey());
        }

        private RunMap<RunT> runs() {
            return asRun().getParent().getLazyBuildMixIn().getRunMap();
        }

        public final void dropLinks() {}
    }
}
