package jenkins.model;

import hudson.model.Action;
import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.Job;
import hudson.model.ParameterDefinition;
import hudson.model.ParameterValue;
import hudson.model.ParametersAction;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Queue;
import hudson.model.Run;
import hudson.model.queue.QueueTaskFuture;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** What jobs share that can be started, with parameters or without. */
public abstract class ParameterizedJobMixIn<
        JobT extends Job<JobT, RunT> & ParameterizedJobMixIn.ParameterizedJob<JobT, RunT> & Queue.Task,
        RunT extends Run<JobT, RunT> & Queue.Executable> {
    protected abstract JobT asJob();

    /** Starts a build; null when it was refused. */
    @SuppressWarnings("unchecked")
    public final QueueTaskFuture<RunT> scheduleBuild2(int quietPeriod, Action... actions) {
        Queue.Item item = scheduleBuild2(asJob(), quietPeriod == -1 ? 0 : quietPeriod, actions);
        return item == null ? null : (QueueTaskFuture) item.getFuture();
    }

    /** Starts a build; null when it was refused. */
    public static Queue.Item scheduleBuild2(Job<?, ?> job, int quietPeriod, Action... actions) {
        if (!(job instanceof ParameterizedJob) || !((ParameterizedJob<?, ?>) job).isBuildable()) {
            return null;
        }
        List<Action> all = new ArrayList<>(Arrays.asList(actions));
        all.removeIf(Objects::isNull);
        ParametersDefinitionProperty parameters = job.getProperty(ParametersDefinitionProperty.class);
        if (parameters != null && all.stream().noneMatch(ParametersAction.class::isInstance)) {
            all.add(new ParametersAction(defaults(parameters)));
        }
        return Queue.getInstance()
                .schedule2((Queue.Task) job, Math.max(0, quietPeriod), all)
                .getItem();
    }

    private static List<ParameterValue> defaults(ParametersDefinitionProperty parameters) {
        return parameters.getParameterDefinitions().stream()
                .map(ParameterDefinition::getDefaultParameterValue)
                .filter(Objects::nonNull)
                .toList();
    }

    public final boolean scheduleBuild() {
        return scheduleBuild(0, new Cause.UserIdCause());
    }

    public final boolean scheduleBuild(Cause c) {
        return scheduleBuild(0, c);
    }

    public final boolean scheduleBuild(int quietPeriod, Cause c) {
        return scheduleBuild2(quietPeriod, c == null ? null : new CauseAction(c)) != null;
    }

    public final boolean isParameterized() {
        return asJob().getProperty(ParametersDefinitionProperty.class) != null;
    }

    /** A job that has the mix-in. */
    public interface ParameterizedJob<
                    JobT extends Job<JobT, RunT> & ParameterizedJob<JobT, RunT> & Queue.Task,
                    RunT extends Run<JobT, RunT> & Queue.Executable>
            extends hudson.model.BuildableItem {
        /** The mix-in; made anew for each call. */
        @SuppressWarnings("unchecked")
        default ParameterizedJobMixIn<JobT, RunT> getParameterizedJobMixIn() {
            return new JobMixIn<>((JobT) this);
        }

        @Override
        default boolean scheduleBuild(Cause c) {
            return getParameterizedJobMixIn().scheduleBuild(c);
        }

        @Override
        default boolean scheduleBuild(int quietPeriod, Cause c) {
            return getParameterizedJobMixIn().scheduleBuild(quietPeriod, c);
        }

        default QueueTaskFuture<RunT> scheduleBuild2(int quietPeriod, Action... actions) {
            return getParameterizedJobMixIn().scheduleBuild2(quietPeriod, actions);
        }

        default int getQuietPeriod() {
            return Jenkins.get().getQuietPeriod();
        }

        default boolean isBuildable() {
            return !isDisabled();
        }

        default boolean isDisabled() {
            return false;
        }

        default boolean supportsMakeDisabled() {
            return false;
        }

        default boolean isParameterized() {
            return getParameterizedJobMixIn().isParameterized();
        }
    }
}
