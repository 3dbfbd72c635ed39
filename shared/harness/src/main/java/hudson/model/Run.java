package hudson.model;

import com.thoughtworks.xstream.XStream;
import hudson.EnvVars;
import hudson.ExtensionPoint;
import hudson.Util;
import hudson.XmlFile;
import hudson.model.listeners.RunListener;
import hudson.model.listeners.SaveableListener;
import hudson.security.ACL;
import hudson.security.AccessControlled;
import hudson.security.Permission;
import hudson.security.PermissionGroup;
import hudson.security.PermissionScope;
import hudson.util.XStream2;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.Collections;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.SortedMap;
import java.util.logging.Logger;
import jenkins.model.ArtifactManager;
import jenkins.model.HistoricalBuild;
import jenkins.model.Jenkins;
import jenkins.model.RunAction2;
import jenkins.model.StandardArtifactManager;
import jenkins.util.io.OnMaster;
import org.springframework.security.access.AccessDeniedException;

/** One build of a job. */
public abstract class Run<JobT extends Job<JobT, RunT>, RunT extends Run<JobT, RunT>> extends Actionable
        implements ExtensionPoint,
                Comparable<RunT>,
                AccessControlled,
                PersistenceRoot,
                DescriptorByNameOwner,
                OnMaster,
                HistoricalBuild {
    /** Reads and writes build.xml. */
    public static final XStream2 XSTREAM2 = new XStream2();
    /** As {@link #XSTREAM2}. */
    public static final XStream XSTREAM = XSTREAM2;

    public static final long QUEUE_ID_UNKNOWN = -1;
    public static final PermissionGroup PERMISSIONS = new PermissionGroup(Run.class, HarnessTexts.text("Run"));
    public static final Permission DELETE = permission("Delete", Permission.DELETE, true);
    public static final Permission UPDATE = permission("Update", Permission.UPDATE, true);
    public static final Permission ARTIFACTS =
            permission("Artifacts", null, Boolean.getBoolean("hudson.security.ArtifactsPermission"));

    private static final Logger LOGGER = Logger.getLogger(Run.class.getName());

    static {
        XSTREAM2.registerConverter(new ResultConverter());
    }

    protected final transient JobT project;
    public transient int number;
    private String id;
    private long queueId = QUEUE_ID_UNKNOWN;

    /** When the build was made. */
    protected long timestamp;

    private long startTime;
    protected volatile Result result;
    protected volatile String description;
    private volatile String displayName;
    protected long duration;
    protected String charset;
    private boolean keepLog;
    private ArtifactManager artifactManager;
    private transient volatile State state;
    private transient volatile Throwable deletion;

    private enum State {
        NOT_STARTED,
        BUILDING,
        POST_PRODUCTION,
        COMPLETED
    }

    protected Run(JobT job) throws IOException {
        this(job, System.currentTimeMillis());
        number = project.assignBuildNumber();
    }

    protected Run(JobT job, Calendar timestamp) {
        this(job, timestamp.getTimeInMillis());
    }

    protected Run(JobT job, long timestamp) {
        this.project = job;
        this.timestamp = timestamp;
        this.state = State.NOT_STARTED;
    }

    protected Run(JobT project, File buildDir) throws IOException {
        this.project = project;
        this.number = Integer.parseInt(buildDir.getName());
        this.state = State.COMPLETED;
        reload(buildDir);
    }

    private static Permission permission(String name, Permission impliedBy, boolean enabled) {
        return new Permission(PERMISSIONS, name, HarnessTexts.text("Run"), impliedBy, enabled, new PermissionScope[] {
            PermissionScope.RUN
        });
    }

    /** Reads the build from disk again. */
    public void reload() throws IOException {
        reload(getRootDir());
    }

    private void reload(File dir) throws IOException {
        state = State.COMPLETED;
        result = Result.FAILURE;
        new XmlFile(XSTREAM, new File(dir, "build.xml")).unmarshal(this);
        onLoad();
    }

    protected void onLoad() {
        for (Action action : new ArrayList<>(getActions())) {
            if (action instanceof RunAction2) {
                ((RunAction2) action).onLoad(this);
            }
        }
        if (artifactManager != null) {
            artifactManager.onLoad(this);
        }
    }

    @Override
    public void addAction(Action a) {
        super.addAction(a);
        if (a instanceof RunAction2) {
            ((RunAction2) a).onAttached(this);
        }
    }

    /** This, typed. */
    @SuppressWarnings("unchecked")
    protected RunT _this() {
        return (RunT) this;
    }

    @Override
    public int compareTo(RunT that) {
        int byParent = project.getFullName().compareTo(that.getParent().getFullName());
        return byParent != 0 ? byParent : Integer.compare(number, that.number);
    }

    @Override
    public Result getResult() {
        return result;
    }

    /** Makes the result worse; a better one is not taken. */
    public void setResult(Result r) {
        if (state != State.BUILDING && state != null && state != State.NOT_STARTED) {
            throw new IllegalStateException("cannot change build result while in " + state + ": " + this);
        }
        if (result == null || r.isWorseThan(result)) {
            result = r;
        }
    }

    @Override
    public boolean isBuilding() {
        return state == State.NOT_STARTED || state == State.BUILDING;
    }

    /** Whether the build runs or is being finished. */
    public boolean isInProgress() {
        return isBuilding() || state == State.POST_PRODUCTION;
    }

    public boolean isLogUpdated() {
        return isInProgress();
    }

    public boolean hasntStartedYet() {
        return state == State.NOT_STARTED;
    }

    /** The signs beside the build in lists of builds. */
    public List<BuildBadgeAction> getBadgeActions() {
        return getActions(BuildBadgeAction.class);
    }

    /** The executor that runs this build, or null. */
    public Executor getExecutor() {
        return this instanceof Queue.Executable ? Executor.of((Queue.Executable) this) : null;
    }

    public Executor getOneOffExecutor() {
        return getExecutor();
    }

    /** The causes, saved as {@link CauseAction}. */
    public List<Cause> getCauses() {
        CauseAction action = getAction(CauseAction.class);
        return action == null ? Collections.emptyList() : Collections.unmodifiableList(action.getCauses());
    }

    /** The first cause of a type, or null. */
    public <T extends Cause> T getCause(Class<T> type) {
        for (Cause cause : getCauses()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }

    public final boolean isKeepLog() {
        return keepLog;
    }

    public void keepLog(boolean newValue) throws IOException {
        keepLog = newValue;
        save();
    }

    @Override
    public Calendar getTimestamp() {
        GregorianCalendar calendar = new GregorianCalendar();
        calendar.setTimeInMillis(timestamp);
        return calendar;
    }

    public final Date getTime() {
        return new Date(timestamp);
    }

    public final long getTimeInMillis() {
        return timestamp;
    }

    public final long getStartTimeInMillis() {
        return startTime == 0 ? timestamp : startTime;
    }

    @Override
    public String getDescription() {
        return description;
    }

    public void setDescription(String description) throws IOException {
        checkPermission(UPDATE);
        this.description = description;
        save();
    }

    @Override
    public String getDurationString() {
        return hasntStartedYet()
                ? "Not started yet"
                : isInProgress()
                        ? Util.getTimeSpanString(System.currentTimeMillis() - getStartTimeInMillis()) + " and counting"
                        : Util.getTimeSpanString(duration);
    }

    public long getDuration() {
        return duration;
    }

    @Override
    public BallColor getIconColor() {
        if (!isBuilding()) {
            return result == null ? BallColor.GREY : result.color;
        }
        RunT previous = getPreviousBuild();
        return (previous == null ? BallColor.GREY : previous.getIconColor()).anime();
    }

    @Override
    public String toString() {
        return project == null ? "<broken data>" : project.getFullName() + " #" + number;
    }

    @Override
    public String getFullDisplayName() {
        return project.getFullDisplayName() + ' ' + getDisplayName();
    }

    @Override
    public String getDisplayName() {
        return displayName != null ? displayName : "#" + number;
    }

    public boolean hasCustomDisplayName() {
        return displayName != null;
    }

    public void setDisplayName(String value) throws IOException {
        checkPermission(UPDATE);
        displayName = value;
        save();
    }

    @Override
    public int getNumber() {
        return number;
    }

    public JobT getParent() {
        return project;
    }

    /** The build before this one, or null. */
    public RunT getPreviousBuild() {
        SortedMap<Integer, ? extends RunT> older = project._getRuns().tailMap(number - 1);
        return older.isEmpty() ? null : older.get(older.firstKey());
    }

    /** The build after this one, or null. */
    public RunT getNextBuild() {
        SortedMap<Integer, ? extends RunT> newer = project._getRuns().headMap(number);
        return newer.isEmpty() ? null : newer.get(newer.lastKey());
    }

    public final RunT getPreviousCompletedBuild() {
        RunT run = getPreviousBuild();
        while (run != null && run.isBuilding()) {
            run = run.getPreviousBuild();
        }
        return run;
    }

    public RunT getPreviousSuccessfulBuild() {
        RunT run = getPreviousBuild();
        while (run != null && run.getResult() != Result.SUCCESS) {
            run = run.getPreviousBuild();
        }
        return run;
    }

    @Override
    public String getUrl() {
        return project.getUrl() + number + '/';
    }

    @Deprecated
    public final String getAbsoluteUrl() {
        return project.getAbsoluteUrl() + number + '/';
    }

    @Override
    public final String getSearchUrl() {
        return number + "/";
    }

    @Override
    public String getSearchName() {
        return getDisplayName();
    }

    /** The number as text. */
    public String getId() {
        return id != null ? id : Integer.toString(number);
    }

    @Override
    public File getRootDir() {
        return new File(project.getBuildDir(), Integer.toString(number));
    }

    @Override
    public List<ParameterValue> getParameterValues() {
        ParametersAction action = getAction(ParametersAction.class);
        return action == null ? List.of() : action.getParameters();
    }

    public final ArtifactManager getArtifactManager() {
        return artifactManager != null ? artifactManager : new StandardArtifactManager(this);
    }

    /** Decides where artifacts of this build go. */
    public final synchronized ArtifactManager pickArtifactManager() throws IOException {
        if (artifactManager == null) {
            artifactManager = new StandardArtifactManager(this);
            save();
        }
        return artifactManager;
    }

    @Deprecated
    public File getArtifactsDir() {
        return new File(getRootDir(), "archive");
    }

    public File getLogFile() {
        return new File(getRootDir(), "log");
    }

    /** The log, gzipped or plain. */
    public InputStream getLogInputStream() throws IOException {
        File log = getLogFile();
        return log.exists()
                ? new FileInputStream(log)
                : new ByteArrayInputStream(("No such file: " + log).getBytes(getCharset()));
    }

    public Reader getLogReader() throws IOException {
        return new InputStreamReader(getLogInputStream(), getCharset());
    }

    @Deprecated
    public String getLog() throws IOException {
        try (InputStream in = getLogInputStream()) {
            return new String(in.readAllBytes(), getCharset());
        }
    }

    /** The last lines of the log. */
    public List<String> getLog(int maxLines) throws IOException {
        List<String> lines = getLog().lines().toList();
        return lines.subList(Math.max(0, lines.size() - maxLines), lines.size());
    }

    public final java.nio.charset.Charset getCharset() {
        return charset == null ? StandardCharsets.UTF_8 : java.nio.charset.Charset.forName(charset);
    }

    @Override
    public ACL getACL() {
        return project.getACL();
    }

    /** Deletes the build. */
    public void delete() throws IOException {
        if (isInProgress()) {
            throw new IOException("Unable to delete " + this + " because it is still running");
        }
        RunListener.fireDeleted(this);
        Util.deleteRecursive(getRootDir());
        project.removeRun(_this());
    }

    @Override
    public synchronized void save() throws IOException {
        if (deletion != null) {
            return;
        }
        XmlFile file = new XmlFile(XSTREAM, new File(getRootDir(), "build.xml"));
        file.write(this);
        SaveableListener.fireOnChange(this, file);
    }

    protected void onStartBuilding() {
        startTime = System.currentTimeMillis();
        state = State.BUILDING;
        RunListener.fireInitialize(this);
    }

    protected void onEndBuilding() {
        state = State.COMPLETED;
        if (result == null) {
            result = Result.FAILURE;
            LOGGER.warning(
                    () -> toString() + ": No build result is set, so marking as failure. This shouldn't happen.");
        }
        RunListener.fireFinalized(this);
    }

    public long getQueueId() {
        return queueId;
    }

    public void setQueueId(long queueId) {
        this.queueId = queueId;
    }

    /** Job name and number, for {@link #fromExternalizableId}. */
    public String getExternalizableId() {
        return project.getFullName() + "#" + getNumber();
    }

    /** The build of that id, or null; the current user must be allowed to read it. */
    public static Run<?, ?> fromExternalizableId(String id) throws IllegalArgumentException, AccessDeniedException {
        int hash = id.lastIndexOf('#');
        if (hash <= 0) {
            throw new IllegalArgumentException("Invalid id");
        }
        int number;
        try {
            number = Integer.parseInt(id.substring(hash + 1));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(e);
        }
        Job<?, ?> job = Jenkins.get().getItemByFullName(id.substring(0, hash), Job.class);
        return job == null ? null : job.getBuildByNumber(number);
    }

    /** How long the build takes, in milliseconds, -1 when it is not known. */
    public long getEstimatedDuration() {
        return project.getEstimatedDuration();
    }

    /** The environment of the build, before a node adds to it. */
    public EnvVars getEnvironment(TaskListener listener) throws IOException, InterruptedException {
        EnvVars env = getParent().getEnvironment(null, listener);
        env.putAll(getCharacteristicEnvVars());
        String root = Jenkins.get().getRootUrl();
        if (root != null) {
            env.put("JENKINS_URL", root);
            env.put("HUDSON_URL", root);
            env.put("BUILD_URL", root + getUrl());
            env.put("JOB_URL", root + getParent().getUrl());
        }
        env.put("JENKINS_HOME", Jenkins.get().getRootDir().getPath());
        for (EnvironmentContributor contributor : EnvironmentContributor.all()) {
            contributor.buildEnvironmentFor(this, env, listener);
        }
        for (EnvironmentContributingAction action : getActions(EnvironmentContributingAction.class)) {
            action.buildEnvironment(this, env);
        }
        return env;
    }

    /** The variables that name this build. */
    public final EnvVars getCharacteristicEnvVars() {
        EnvVars env = getParent().getCharacteristicEnvVars();
        env.put("BUILD_NUMBER", String.valueOf(number));
        env.put("BUILD_ID", getId());
        env.put("BUILD_TAG", "jenkins-" + getParent().getFullName().replace('/', '-') + "-" + number);
        return env;
    }
}
