package hudson.model;

import hudson.EnvVars;
import hudson.ExtensionPoint;
import hudson.Util;
import hudson.security.ACL;
import hudson.util.CopyOnWriteList;
import hudson.util.RunList;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Predicate;
import jenkins.model.Jenkins;
import jenkins.model.ModelObjectWithChildren;

/** An item that can be built. */
public abstract class Job<JobT extends Job<JobT, RunT>, RunT extends Run<JobT, RunT>> extends AbstractItem
        implements ExtensionPoint, ModelObjectWithChildren {
    /** The number of the next build; kept in its own file. */
    protected transient volatile int nextBuildNumber = 1;

    protected CopyOnWriteList<JobProperty<? super JobT>> properties = new CopyOnWriteList<>();

    protected Job(ItemGroup parent, String name) {
        super(parent, name);
    }

    @Override
    public ACL getACL() {
        return Jenkins.get().getAuthorizationStrategy().getACL(this);
    }

    @Override
    public void onLoad(ItemGroup<? extends Item> parent, String name) throws IOException {
        super.onLoad(parent, name);
        if (properties == null) {
            properties = new CopyOnWriteList<>();
        }
        properties.forEach(property -> ((JobProperty) property).setOwner(this));
        Path file = nextBuildNumberFile();
        if (Files.exists(file)) {
            try {
                nextBuildNumber = Integer.parseInt(Files.readString(file).trim());
            } catch (NumberFormatException e) {
                throw new IOException(file + " holds no number", e);
            }
        } else if (nextBuildNumber == 0) {
            nextBuildNumber = 1;
        }
    }

    @Override
    public void onCopiedFrom(Item src) {
        super.onCopiedFrom(src);
        nextBuildNumber = 1;
    }

    private Path nextBuildNumberFile() {
        return getRootDir().toPath().resolve("nextBuildNumber");
    }

    protected synchronized void saveNextBuildNumber() throws IOException {
        Files.createDirectories(getRootDir().toPath());
        Files.writeString(nextBuildNumberFile(), nextBuildNumber + "\n");
    }

    /** Takes the next number for a build. */
    public int assignBuildNumber() throws IOException {
        synchronized (this) {
            int number = nextBuildNumber++;
            saveNextBuildNumber();
            return number;
        }
    }

    public int getNextBuildNumber() {
        return nextBuildNumber;
    }

    /** Raises the number of the next build. */
    public synchronized void updateNextBuildNumber(int next) throws IOException {
        RunT last = getLastBuild();
        if (last == null || next > last.getNumber()) {
            nextBuildNumber = next;
            saveNextBuildNumber();
        }
    }

    @Override
    public Collection<? extends Job> getAllJobs() {
        return Set.of(this);
    }

    /** Adds a property and saves. */
    public void addProperty(JobProperty<? super JobT> jobProp) throws IOException {
        ((JobProperty) jobProp).setOwner(this);
        properties.add(jobProp);
        save();
    }

    /** Removes a property and saves. */
    public void removeProperty(JobProperty<? super JobT> jobProp) throws IOException {
        properties.remove(jobProp);
        save();
    }

    /** Removes the property of a class and saves; returns it, or null. */
    public <T extends JobProperty> T removeProperty(Class<T> clazz) throws IOException {
        T property = getProperty(clazz);
        if (property != null) {
            properties.remove((JobProperty) property);
            save();
        }
        return property;
    }

    /** The properties by their descriptors. */
    public Map<JobPropertyDescriptor, JobProperty<? super JobT>> getProperties() {
        Map<JobPropertyDescriptor, JobProperty<? super JobT>> result = new LinkedHashMap<>();
        for (JobProperty<? super JobT> property : properties) {
            result.put((JobPropertyDescriptor) property.getDescriptor(), property);
        }
        return result;
    }

    public List<JobProperty<? super JobT>> getAllProperties() {
        return properties.getView();
    }

    /** The property of a type, or null. */
    public <T extends JobProperty> T getProperty(Class<T> clazz) {
        for (JobProperty<? super JobT> property : properties) {
            if (clazz.isInstance(property)) {
                return clazz.cast(property);
            }
        }
        return null;
    }

    /** The parameters of the job, or null. */
    public final ParametersDefinitionProperty getParametersDefinitionProperty() {
        return getProperty(ParametersDefinitionProperty.class);
    }

    /** Whether builds may be started. */
    public abstract boolean isBuildable();

    public boolean isKeepDependencies() {
        return false;
    }

    /** Whether the last build runs. */
    public boolean isBuilding() {
        RunT last = getLastBuild();
        return last != null && last.isBuilding();
    }

    /** Whether a build waits in the queue. */
    public boolean isInQueue() {
        return false;
    }

    /** Whether the log of the last build still grows. */
    public boolean isLogUpdated() {
        RunT last = getLastBuild();
        return last != null && last.isLogUpdated();
    }

    /** All builds, newest first. */
    protected abstract SortedMap<Integer, ? extends RunT> _getRuns();

    /** Forgets a build. */
    protected abstract void removeRun(RunT run);

    /** All builds, newest first. */
    public RunList<RunT> getBuilds() {
        return RunList.fromRuns(_getRuns().values());
    }

    public SortedMap<Integer, RunT> getBuildsAsMap() {
        return Collections.unmodifiableSortedMap(_getRuns());
    }

    /** The build of the given id, or null. */
    public RunT getBuild(String id) {
        for (RunT run : _getRuns().values()) {
            if (run.getId().equals(id)) {
                return run;
            }
        }
        return null;
    }

    /** The build of the given number, or null. */
    public RunT getBuildByNumber(int n) {
        return _getRuns().get(n);
    }

    /** The folder of the builds. */
    public File getBuildDir() {
        return new File(getRootDir(), "builds");
    }

    public RunT getLastBuild() {
        SortedMap<Integer, ? extends RunT> runs = _getRuns();
        return runs == null || runs.isEmpty() ? null : runs.get(runs.firstKey());
    }

    public RunT getFirstBuild() {
        SortedMap<Integer, ? extends RunT> runs = _getRuns();
        return runs.isEmpty() ? null : runs.get(runs.lastKey());
    }

    public RunT getLastSuccessfulBuild() {
        return last(run ->
                !run.isBuilding() && run.getResult() != null && run.getResult().isBetterOrEqualTo(Result.UNSTABLE));
    }

    public RunT getLastStableBuild() {
        return last(run -> !run.isBuilding() && run.getResult() == Result.SUCCESS);
    }

    public RunT getLastUnstableBuild() {
        return last(run -> !run.isBuilding() && run.getResult() == Result.UNSTABLE);
    }

    public RunT getLastFailedBuild() {
        return last(run -> !run.isBuilding() && run.getResult() == Result.FAILURE);
    }

    public RunT getLastUnsuccessfulBuild() {
        return last(run -> !run.isBuilding() && run.getResult() != null && run.getResult() != Result.SUCCESS);
    }

    public RunT getLastCompletedBuild() {
        return last(run -> !run.isBuilding());
    }

    private RunT last(Predicate<RunT> wanted) {
        for (RunT run : _getRuns().values()) {
            if (wanted.test(run)) {
                return run;
            }
        }
        return null;
    }

    /** The colour of the last build. */
    public BallColor getIconColor() {
        RunT last = getLastBuild();
        return last == null ? BallColor.NOTBUILT : last.getIconColor();
    }

    /** The environment that builds of this job start with. */
    public EnvVars getEnvironment(Node node, TaskListener listener) throws IOException, InterruptedException {
        EnvVars env = new EnvVars();
        env.putAll(EnvVars.masterEnvVars);
        env.putAll(getCharacteristicEnvVars());
        return env;
    }

    /** The variables that name this job. */
    public EnvVars getCharacteristicEnvVars() {
        EnvVars env = new EnvVars();
        env.put(
                "JENKINS_SERVER_COOKIE",
                Util.getDigestOf("ServerID:" + Jenkins.get().getLegacyInstanceId()));
        env.put("HUDSON_SERVER_COOKIE", env.get("JENKINS_SERVER_COOKIE"));
        env.put("JOB_NAME", getFullName());
        env.put("JOB_BASE_NAME", getName());
        return env;
    }

    /** How long a build takes, in milliseconds, -1 when it is not known. */
    public long getEstimatedDuration() {
        RunT last = getLastSuccessfulBuild();
        return last == null ? -1 : last.getDuration();
    }

    /** Which builds are thrown away, or null. */
    public synchronized jenkins.model.BuildDiscarder getBuildDiscarder() {
        jenkins.model.BuildDiscarderProperty property = getProperty(jenkins.model.BuildDiscarderProperty.class);
        return property == null ? null : property.getStrategy();
    }

    /** Throws old builds away. */
    public void logRotate() throws IOException, InterruptedException {
        jenkins.model.BuildDiscarder discarder = getBuildDiscarder();
        if (discarder != null) {
            discarder.perform(this);
        }
    }

    @Override
    public boolean isNameEditable() {
        return true;
    }

    @Override
    public void renameTo(String newName) throws IOException {
        super.renameTo(newName);
    }
}
