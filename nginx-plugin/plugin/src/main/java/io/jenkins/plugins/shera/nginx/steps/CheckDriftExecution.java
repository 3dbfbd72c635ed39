package io.jenkins.plugins.shera.nginx.steps;

import hudson.AbortException;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.shera.nginx.config.NginxCluster;
import io.jenkins.plugins.shera.nginx.config.NginxNodeSettings;
import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.nginx.node.NodeDrift;
import io.jenkins.plugins.shera.nginx.work.DriftOnNode;
import io.jenkins.plugins.shera.platform.access.AuditLine;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.platform.tenancy.TenantContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.SynchronousNonBlockingStepExecution;

/** Seconds long and safe to repeat: a node that is as it was left is only read. */
final class CheckDriftExecution extends SynchronousNonBlockingStepExecution<DriftResult> {
    private static final long serialVersionUID = 1L;

    private final CheckDriftStep step;

    CheckDriftExecution(CheckDriftStep step, StepContext context) {
        super(context);
        this.step = step;
    }

    @Override
    protected DriftResult run() throws Exception {
        Run<?, ?> build = getContext().get(Run.class);
        TaskListener listener = getContext().get(TaskListener.class);
        try {
            String tenant = TenantContext.forRun(build, step.getTenant(), SheraPermissions.ROUTE)
                    .tenant()
                    .getId();
            NginxCluster cluster = NodeAccess.cluster(step.getNginx(), tenant);
            if ((step.isOverwrite() || step.getAdopt() != null)
                    && !cluster.getTenants().equals(tenant)) {
                throw new AbortException(Messages.CheckDriftExecution_shared(cluster.getId()));
            }
            if (step.isOverwrite() && step.getAdopt() != null) {
                throw new AbortException(Messages.CheckDriftExecution_either());
            }
            if (step.getAdopt() != null) {
                String who = TenantContext.forRun(build, step.getTenant(), SheraPermissions.ROUTE)
                        .starter();
                new Adopting(cluster, tenant, who).from(build).adopt(step.getAdopt(), listener.getLogger()::println);
            }
            List<DriftResult.OfNode> nodes = new ArrayList<>();
            for (NginxNodeSettings node : cluster.getNodes()) {
                nodes.add(one(cluster, node, tenant, build, listener));
            }
            return new DriftResult(cluster.getId(), nodes);
        } catch (Refusal | InvalidRouteException e) {
            throw new AbortException(e.getMessage());
        }
    }

    private DriftResult.OfNode one(
            NginxCluster cluster, NginxNodeSettings node, String tenant, Run<?, ?> build, TaskListener listener)
            throws IOException, InterruptedException {
        String name = NodeAccess.name(node);
        NodeDrift drift = call(cluster, node, tenant, false);
        if (drift.isNone()) {
            listener.getLogger().println(Messages.CheckDriftExecution_none(name, drift.generation()));
            return new DriftResult.OfNode(name, drift, false);
        }
        listener.getLogger().println(Messages.CheckDriftExecution_drifted(name, drift.generation()));
        drift.changes().forEach(change -> listener.getLogger().println("  " + change));
        if (drift.hidden() > 0) {
            listener.getLogger().println("  " + Messages.CheckDriftExecution_hidden(drift.hidden()));
        }
        if (!drift.served()) {
            listener.getLogger().println("  " + Messages.CheckDriftExecution_notServed());
        }
        if (step.isOverwrite()) {
            AuditLine line = AuditLine.of("nginx.overwrite", cluster.getId())
                    .tenant(tenant)
                    .from(build);
            try {
                NodeDrift after = call(cluster, node, tenant, true);
                listener.getLogger().println(Messages.CheckDriftExecution_overwritten(name, after.generation()));
            } catch (IOException e) {
                line.failed(name + ": " + e.getMessage());
                throw e;
            }
            line.done();
        }
        return new DriftResult.OfNode(name, drift, step.isOverwrite());
    }

    private static NodeDrift call(NginxCluster cluster, NginxNodeSettings node, String tenant, boolean overwrite)
            throws IOException, InterruptedException {
        try {
            return NodeAccess.channel(node)
                    .call(overwrite ? NodeAccess.overwriting(cluster, tenant) : DriftOnNode.reading(tenant));
        } catch (IOException e) {
            throw new AbortException(
                    Messages.CheckDriftExecution_node(NodeAccess.name(node), cluster.getId(), e.getMessage()));
        }
    }
}
