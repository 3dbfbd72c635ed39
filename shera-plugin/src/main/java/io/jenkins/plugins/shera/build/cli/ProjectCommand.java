package io.jenkins.plugins.shera.build.cli;

import hudson.AbortException;
import hudson.cli.CLICommand;
import hudson.security.Permission;
import io.jenkins.plugins.shera.build.projects.Projects;
import io.jenkins.plugins.shera.platform.access.AuditLine;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.config.TenantFolder;
import io.jenkins.plugins.shera.platform.input.Refusal;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.kohsuke.args4j.Argument;

/** What the commands about projects share: whose, which, whether the caller may, and how a no is said. */
public abstract class ProjectCommand extends CLICommand {
    @Argument(index = 0, metaVar = "TENANT", usage = "id of the tenant", required = true)
    public String tenant;

    private transient Tenant seen;

    /** Does the work; answers the exit code. */
    protected abstract int work() throws Exception;

    /** What a refused change is called in the audit trail; empty for a command that changes nothing. */
    protected String change() {
        return "";
    }

    /** The name of what is to be changed. */
    protected String subject() {
        return "";
    }

    @Override
    protected final int run() throws Exception {
        try {
            return work();
        } catch (Refusal | AbortException e) {
            if (seen != null && !change().isEmpty()) {
                String named = subject().matches("[A-Za-z0-9_./-]{1,200}") ? "/" + subject() : "";
                AuditLine.of(change(), seen.getId() + named)
                        .tenant(seen.getId())
                        .refused(e.getMessage());
            }
            throw new AbortException(e.getMessage());
        }
    }

    /** The tenant, if the caller may do this for it; one that may not be seen is as good as absent. */
    protected final Tenant owner(Permission permission) throws AbortException {
        Tenant found = SheraConfiguration.get().tenant(tenant);
        if (found == null || !TenantFolder.allows(found, SheraPermissions.VIEW)) {
            throw new AbortException(Messages.noTenant(tenant));
        }
        seen = found;
        if (!TenantFolder.allows(found, permission)) {
            throw new AbortException(Messages.noPermission(permission.name, tenant));
        }
        return found;
    }

    /** A project of it. */
    protected static WorkflowJob project(Tenant tenant, String name) throws AbortException {
        return new Projects(tenant)
                .find(name)
                .orElseThrow(() -> new AbortException(Messages.noProject(name, tenant.getId())));
    }

    /** A build of a project; null for the last. */
    protected static WorkflowRun build(WorkflowJob project, Integer number) throws AbortException {
        WorkflowRun found = number == null ? project.getLastBuild() : project.getBuildByNumber(number);
        if (found == null) {
            throw new AbortException(
                    number == null
                            ? Messages.neverBuilt(project.getName())
                            : Messages.noBuild(project.getName(), "#" + number));
        }
        return found;
    }
}
