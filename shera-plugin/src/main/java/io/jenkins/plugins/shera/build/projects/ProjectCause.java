package io.jenkins.plugins.shera.build.projects;

import hudson.model.Cause;

/** Why a project was started by itself. */
public final class ProjectCause extends Cause {
    private final String kind;
    private final String detail;

    /** {@code kind} is clock, poll, webhook or upstream; {@code detail} a job or a commit. */
    ProjectCause(String kind, String detail) {
        this.kind = kind;
        this.detail = detail;
    }

    @Override
    public String getShortDescription() {
        return switch (kind) {
            case "clock" -> Messages.ProjectCause_clock();
            case "poll" -> Messages.ProjectCause_poll(detail);
            case "webhook" -> Messages.ProjectCause_webhook();
            default -> Messages.ProjectCause_upstream(detail);
        };
    }
}
