package org.jenkinsci.plugins.workflow.support.steps.build;

import hudson.AbortException;
import hudson.model.Result;
import hudson.model.Run;
import java.io.IOException;
import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;
import org.jenkinsci.plugins.workflow.cps.EnvActionImpl;

/** A build as a script sees it: the global {@code currentBuild}. */
public final class RunWrapper implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String externalizableId;
    private final boolean currentBuild;

    public RunWrapper(Run<?, ?> build, boolean currentBuild) {
        this.externalizableId = build.getExternalizableId();
        this.currentBuild = currentBuild;
    }

    /** The build itself. */
    public Run<?, ?> getRawBuild() {
        return Run.fromExternalizableId(externalizableId);
    }

    private Run<?, ?> build() throws AbortException {
        Run<?, ?> build = getRawBuild();
        if (build == null) {
            throw new AbortException("No build record " + externalizableId + " could be located.");
        }
        return build;
    }

    private Run<?, ?> own() throws AbortException {
        if (!currentBuild) {
            throw new SecurityException("can only set the result property on the current build");
        }
        return build();
    }

    public void setResult(String result) throws AbortException {
        own().setResult(Result.fromString(result));
    }

    public void setDescription(String description) throws IOException {
        own().setDescription(description);
    }

    public void setDisplayName(String displayName) throws IOException {
        own().setDisplayName(displayName);
    }

    /** The result, or null while there is none. */
    public String getResult() throws AbortException {
        Result result = build().getResult();
        return result == null ? null : result.toString();
    }

    /** The result, SUCCESS while there is none. */
    public String getCurrentResult() throws AbortException {
        String result = getResult();
        return result == null ? Result.SUCCESS.toString() : result;
    }

    public boolean resultIsBetterOrEqualTo(String other) throws AbortException {
        return Result.fromString(getCurrentResult()).isBetterOrEqualTo(Result.fromString(other));
    }

    public boolean resultIsWorseOrEqualTo(String other) throws AbortException {
        return Result.fromString(getCurrentResult()).isWorseOrEqualTo(Result.fromString(other));
    }

    public int getNumber() throws AbortException {
        return build().getNumber();
    }

    public String getId() throws AbortException {
        return build().getId();
    }

    public String getDisplayName() throws AbortException {
        return build().getDisplayName();
    }

    public String getFullDisplayName() throws AbortException {
        return build().getFullDisplayName();
    }

    public String getDescription() throws AbortException {
        return build().getDescription();
    }

    public String getProjectName() throws AbortException {
        return build().getParent().getName();
    }

    public String getFullProjectName() throws AbortException {
        return build().getParent().getFullName();
    }

    public long getTimeInMillis() throws AbortException {
        return build().getTimeInMillis();
    }

    public long getStartTimeInMillis() throws AbortException {
        return build().getStartTimeInMillis();
    }

    /** How long the build took, or has taken so far, in milliseconds. */
    public long getDuration() throws AbortException {
        Run<?, ?> build = build();
        return build.isInProgress() ? System.currentTimeMillis() - build.getStartTimeInMillis() : build.getDuration();
    }

    public String getDurationString() throws AbortException {
        return build().getDurationString();
    }

    /** What the script set in {@code env}. */
    public Map<String, String> getBuildVariables() throws IOException {
        return new TreeMap<>(EnvActionImpl.forRun(build()).getOverriddenEnvironment());
    }

    /** The build before, or null. */
    public RunWrapper getPreviousBuild() throws AbortException {
        Run<?, ?> previous = build().getPreviousBuild();
        return previous == null ? null : new RunWrapper(previous, false);
    }

    public String getAbsoluteUrl() throws AbortException {
        return build().getAbsoluteUrl();
    }

    public String getExternalizableId() {
        return externalizableId;
    }
}
