package hudson.util;

import hudson.model.Job;
import hudson.model.Run;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;

/** Builds, newest first. */
public class RunList<R extends Run> extends AbstractList<R> {
    private final List<R> base;

    private RunList(Collection<? extends R> runs) {
        base = new ArrayList<>(runs);
    }

    public RunList() {
        this(List.of());
    }

    /** Of one job. */
    public RunList(Job j) {
        this((Collection<? extends R>) j.getBuilds());
    }

    /** Of the given builds. */
    public static <J extends Job<J, R>, R extends Run<J, R>> RunList<R> fromJobs(Iterable<? extends J> jobs) {
        List<R> runs = new ArrayList<>();
        jobs.forEach(job -> runs.addAll(job.getBuilds()));
        runs.sort(Comparator.comparingLong((R run) -> run.getTimeInMillis()).reversed());
        return new RunList<>(runs);
    }

    /** Of builds that are in order already. */
    public static <R extends Run> RunList<R> fromRuns(Collection<? extends R> runs) {
        return new RunList<>(runs);
    }

    @Override
    public R get(int index) {
        return base.get(index);
    }

    @Override
    public int size() {
        return base.size();
    }

    @Override
    public Iterator<R> iterator() {
        return base.iterator();
    }

    public R getFirstBuild() {
        return base.isEmpty() ? null : base.get(size() - 1);
    }

    public R getLastBuild() {
        return base.isEmpty() ? null : base.get(0);
    }

    /** At most so many of the newest. */
    public RunList<R> limit(int n) {
        return new RunList<>(base.subList(0, Math.min(n, size())));
    }
}
