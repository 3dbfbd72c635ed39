package io.jenkins.plugins.shera.nginx.steps;

import hudson.AbortException;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.connection.ClusterClient;
import io.jenkins.plugins.shera.kube.connection.TimeLimits;
import io.jenkins.plugins.shera.nginx.config.NginxCluster;
import io.jenkins.plugins.shera.nginx.intent.IntendedWeight;
import io.jenkins.plugins.shera.nginx.intent.Intent;
import io.jenkins.plugins.shera.nginx.intent.Target;
import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.nginx.model.Member;
import io.jenkins.plugins.shera.nginx.model.RouteOwner;
import io.jenkins.plugins.shera.nginx.model.Weight;
import io.jenkins.plugins.shera.nginx.upstream.NamedMembers;
import io.jenkins.plugins.shera.nginx.upstream.ServiceMembers;
import io.jenkins.plugins.shera.platform.access.AuditLine;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.config.Timelines;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.platform.tenancy.TenantContext;
import io.jenkins.plugins.shera.platform.timeline.TimelineEntry;
import java.io.IOException;
import java.util.List;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.SynchronousNonBlockingStepExecution;

/** Seconds long and safe to repeat: setting the same weight again changes nothing. */
final class SetRouteWeightExecution extends SynchronousNonBlockingStepExecution<Void> {
    private static final long serialVersionUID = 1L;

    private final SetRouteWeightStep step;

    SetRouteWeightExecution(SetRouteWeightStep step, StepContext context) {
        super(context);
        this.step = step;
    }

    @Override
    protected Void run() throws Exception {
        Run<?, ?> build = getContext().get(Run.class);
        TaskListener listener = getContext().get(TaskListener.class);
        try {
            weigh(TenantContext.forRun(build, step.getTenant(), SheraPermissions.ROUTE), build, listener);
            return null;
        } catch (Refusal | InvalidRouteException | KubeException e) {
            throw new AbortException(e.getMessage());
        }
    }

    private void weigh(TenantContext context, Run<?, ?> build, TaskListener listener)
            throws IOException, InvalidRouteException, InterruptedException {
        Application application = context.application(step.getApplication());
        Environment environment = context.environment(application, step.getEnvironment());
        NginxCluster cluster =
                NodeAccess.anyCluster(step.getNginx(), context.tenant().getId());
        RouteOwner owner = RouteOwner.of(context.tenant().getId(), application.getName(), environment.getName());
        AuditLine line = AuditLine.of(
                        "route.weight", owner.tenant() + "/" + owner.application() + "/" + owner.environment())
                .tenant(owner.tenant())
                .from(build);
        List<Member> members = step.getWeight() == 0 ? List.of() : members(context, environment);
        try {
            if (cluster.isKubeng()) {
                KubengNodes nodes = new KubengNodes(cluster);
                nodes.requireAll(Intent.Kind.WEIGHTS);
                long generation = nodes.want(byHand(
                        owner,
                        targets(environment, members),
                        nodes.weightOf(owner).orElse(null)));
                nodes.settle(Intent.Kind.WEIGHTS, generation, owner);
            } else {
                WeightNodes nodes = new WeightNodes(cluster);
                nodes.set(byHand(owner, members, nodes.latest(owner)));
            }
        } catch (IOException e) {
            line.failed(e.getMessage());
            throw new AbortException(e.getMessage());
        }
        line.done();
        Timelines.get()
                .append(
                        application,
                        TimelineEntry.now(
                                        TimelineEntry.Kind.PUSH,
                                        Messages._SetRouteWeightExecution_timeline(step.getWeight()),
                                        "",
                                        context.starter(),
                                        environment.getName())
                                .linked(build.getFullDisplayName(), "/" + build.getUrl()));
        listener.getLogger()
                .println(Messages.SetRouteWeightExecution_done(
                        step.getWeight(),
                        members.stream().map(Member::authority).toList(),
                        cluster.getId()));
    }

    /** A rollout that drives this route goes on as it was: its generation, its rules and the clients it drew stay. */
    private Weight byHand(RouteOwner owner, List<Member> members, Weight before) throws InvalidRouteException {
        if (before == null) {
            return Weight.of(owner, step.getWeight(), List.of(), members, "by hand", 0);
        }
        List<Member> canary = members.isEmpty() && !before.rules().isEmpty() ? before.canary() : members;
        return Weight.of(owner, step.getWeight(), before.rules(), canary, before.rollout(), before.generation());
    }

    /** The same for nodes that look for the addresses themselves. */
    private IntendedWeight byHand(RouteOwner owner, List<Target> targets, IntendedWeight before)
            throws InvalidRouteException {
        if (step.getWeight() < 0 || step.getWeight() > 100) {
            // Says what is wrong in the words that every other way has for it.
            Weight.of(owner, step.getWeight(), List.of(), List.of(), "by hand", 0);
        }
        if (before == null) {
            return new IntendedWeight(owner, step.getWeight(), List.of(), targets, "by hand", 0, 0);
        }
        List<Target> canary = targets.isEmpty() && !before.rules().isEmpty() ? before.canary() : targets;
        return new IntendedWeight(
                owner,
                step.getWeight(),
                before.rules(),
                canary,
                before.rollout(),
                before.generation(),
                before.leaseSeconds());
    }

    private List<Target> targets(Environment environment, List<Member> members) {
        if (!step.getMembers().isEmpty()) {
            return members.stream().map(Target::of).toList();
        }
        return members.stream()
                .map(member ->
                        Target.service(environment.getCluster(), environment.getNamespace(), service(), member.port()))
                .toList();
    }

    private String service() {
        return step.getCanary() == null ? step.getApplication() + "-canary" : step.getCanary();
    }

    private List<Member> members(TenantContext context, Environment environment)
            throws InvalidRouteException, KubeException {
        if (!step.getMembers().isEmpty()) {
            return NamedMembers.of(step.getMembers());
        }
        try (ClusterClient client =
                ClusterClient.open(context.access(context.cluster(environment.getCluster())), TimeLimits.STANDARD)) {
            return ServiceMembers.of(client.api(), environment.getNamespace(), service(), step.getServicePort());
        }
    }
}
