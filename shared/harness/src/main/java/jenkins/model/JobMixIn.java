package jenkins.model;

import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.Run;

/** The mix-in of one job. */
final class JobMixIn<
                JobT extends Job<JobT, RunT> & ParameterizedJobMixIn.ParameterizedJob<JobT, RunT> & Queue.Task,
                RunT extends Run<JobT, RunT> & Queue.Executable>
        extends ParameterizedJobMixIn<JobT, RunT> {
    private final JobT job;

    JobMixIn(JobT job) {
        this.job = job;
    }

    @Override
    protected JobT asJob() {
        return job;
    }
}
