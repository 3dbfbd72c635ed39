package io.jenkins.plugins.shera.deploy.steps.rollout;

import hudson.AbortException;
import hudson.model.Cause;
import hudson.model.Run;
import hudson.security.ACL;
import hudson.security.Permission;
import io.jenkins.plugins.shera.deploy.apm.ApmMode;
import io.jenkins.plugins.shera.deploy.canary.ApmOrder;
import io.jenkins.plugins.shera.deploy.canary.PlanStep;
import io.jenkins.plugins.shera.deploy.canary.PlanTemplates;
import io.jenkins.plugins.shera.deploy.canary.RolloutPlan;
import io.jenkins.plugins.shera.deploy.canary.SetPlan;
import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.deploy.pod.PodSettings;
import io.jenkins.plugins.shera.deploy.release.SetMachine;
import io.jenkins.plugins.shera.deploy.steps.pod.PodSettingPart;
import io.jenkins.plugins.shera.oci.image.ImageReference;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.extension.TrafficRouter;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.platform.tenancy.TenantContext;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

/** What a build may do to a rollout, made of a step's parameters; refuses aloud. Talks to nobody. */
final class RolloutPermit {

    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]{0,252}");

    private final RolloutPlan draft;
    private final String image;
    private final Map<String, String> env;
    private final boolean abortOnInterrupt;
    private String revision;
    private String override;
    private ApmOrder apm;
    private PodSettings pod = PodSettings.NONE;

    private RolloutPermit(RolloutPlan draft, String image, Map<String, String> env, boolean abortOnInterrupt) {
        this.draft = draft;
        this.image = image;
        this.env = Map.copyOf(env);
        this.abortOnInterrupt = abortOnInterrupt;
    }

    /** A rollout of an image. */
    static RolloutPermit ofCanary(CanaryStep step, Run<?, ?> run) throws AbortException {
        try {
            TenantContext context = TenantContext.forRun(run, step.getTenant(), SheraPermissions.DEPLOY);
            Application application = context.application(step.getApplication());
            Environment environment = environment(context, application, step.getEnvironment());
            context.checkDeploy(environment);
            context.cluster(environment.getCluster());
            if (!step.getOnInterrupt().matches("hold|abort")) {
                throw new IllegalArgumentException(
                        "'" + step.getOnInterrupt() + "' cannot be the parameter onInterrupt. Give 'hold' or 'abort'.");
            }
            step.getEnv().forEach(RolloutPermit::variable);
            TrafficRouter router = step.getRouter() == null ? new ReplicasRouter() : step.getRouter();
            RolloutPlan draft = draft(
                    Rollouts.subject(application, environment),
                    steps(step),
                    router,
                    deadline(step.getProgressDeadlineSeconds()),
                    environment.getPolicy().isRequireApproval(),
                    starter(context, run),
                    run.getExternalizableId());
            RolloutPermit permit = new RolloutPermit(
                    draft,
                    ImageReference.parse(step.getImage()).toString(),
                    step.getEnv(),
                    step.getOnInterrupt().equals("abort"));
            permit.pod = PodSettingPart.settings(step.getPod());
            if (step.getOverride() != null) {
                context.checkOverride();
                permit.override = step.getOverride();
            }
            return permit;
        } catch (Refusal | IllegalArgumentException e) {
            throw new AbortException("Cannot release " + step.getApplication() + ". " + e.getMessage());
        }
    }

    /** A rollout whose permissions were checked by the caller; refuses variables that are none. */
    static RolloutPermit of(RolloutPlan draft, ImageReference image, Map<String, String> env) {
        env.forEach(RolloutPermit::variable);
        return new RolloutPermit(draft, image.toString(), env, false);
    }

    /** A switch of APM; the environment's second person is asked as for a release. */
    static RolloutPermit ofSwitch(SwitchApmStep step, Run<?, ?> run) throws AbortException {
        try {
            TenantContext context = TenantContext.forRun(run, step.getTenant(), SheraPermissions.DEPLOY);
            Application application = context.application(step.getApplication());
            Environment environment = environment(context, application, step.getEnvironment());
            context.checkDeploy(environment);
            context.cluster(environment.getCluster());
            ApmMode mode = ApmMode.of(step.getMode());
            if (step.getOverride() != null) {
                context.checkOverride();
            }
            RolloutPlan draft = draft(
                    Rollouts.subject(application, environment),
                    List.of(),
                    new ReplicasRouter(),
                    deadline(step.getProgressDeadlineSeconds()),
                    environment.getPolicy().isRequireApproval(),
                    starter(context, run),
                    run.getExternalizableId());
            RolloutPermit permit = new RolloutPermit(draft, "", Map.of(), false);
            permit.override = step.getOverride();
            permit.apm = new ApmOrder(mode, step.getAgent() == null ? "" : step.getAgent());
            return permit;
        } catch (Refusal | IllegalArgumentException e) {
            throw new AbortException("Cannot switch APM of " + step.getApplication() + ". " + e.getMessage());
        }
    }

    /** What is said of the new revision's pods besides. */
    PodSettings pod() {
        return pod;
    }

    /** How APM is switched; null when it is not. */
    ApmOrder apm() {
        return apm;
    }

    /** The same as a member of a release set: after each step it waits for the others. */
    RolloutPermit in(SetPlan set) {
        RolloutPermit member =
                new RolloutPermit(draft.in(set, SetMachine.withBarriers(draft.steps())), image, env, abortOnInterrupt);
        member.pod = pod;
        return member;
    }

    /** Where an undo goes; who may deploy there may also go back. */
    static Subject ofUndo(VerbStep step, Run<?, ?> run) throws AbortException {
        try {
            TenantContext context = TenantContext.forRun(run, step.getTenant(), SheraPermissions.VIEW);
            Application application = context.application(step.getApplication());
            Environment environment = environment(context, application, step.getEnvironment());
            context.checkDeploy(environment);
            return Rollouts.subject(application, environment);
        } catch (Refusal | IllegalArgumentException e) {
            throw new AbortException("Cannot undo the release of " + step.getApplication() + ". " + e.getMessage());
        }
    }

    /** A rollout back to an earlier revision; no approval and no freeze keeps anybody from going back. */
    static RolloutPermit ofUndo(Subject subject, String revision, String actor, String build) throws AbortException {
        if (revision != null && !revision.matches("[0-9]{1,9}")) {
            throw new AbortException(
                    "The parameter revision must be a number as kubectl rollout history shows. Correct it.");
        }
        RolloutPlan draft = draft(subject, List.of(), new ReplicasRouter(), 600, false, actor, build);
        return new RolloutPermit(draft, "", Map.of(), false).withRevision(revision == null ? "" : revision);
    }

    private RolloutPermit withRevision(String earlier) {
        revision = earlier;
        return this;
    }

    /** Why the policy or a freeze is overridden by somebody who may; null when it is not. */
    String override() {
        return override;
    }

    /** The revision to go back to, empty for the one before; null when an image is released. */
    String revision() {
        return revision;
    }

    /** Where a verb goes, after its permission was checked. */
    static Subject ofVerb(VerbStep step, Run<?, ?> run, List<Permission> anyOf) throws AbortException {
        try {
            TenantContext context = TenantContext.forRun(run, step.getTenant(), SheraPermissions.VIEW);
            check(context, anyOf);
            Application application = context.application(step.getApplication());
            return Rollouts.subject(application, environment(context, application, step.getEnvironment()));
        } catch (Refusal | IllegalArgumentException e) {
            throw new AbortException(
                    "Cannot do this to the rollout of " + step.getApplication() + ". " + e.getMessage());
        }
    }

    /** A person where one is known, so that the same person cannot approve what a build as SYSTEM began for them. */
    private static String starter(TenantContext context, Run<?, ?> run) {
        Cause.UserIdCause cause = run.getCause(Cause.UserIdCause.class);
        boolean named = cause != null && cause.getUserId() != null;
        return context.actor().equals(ACL.SYSTEM_USERNAME) && named ? cause.getUserId() : context.actor();
    }

    private static void check(TenantContext context, List<Permission> anyOf) {
        for (Permission each : anyOf.subList(0, anyOf.size() - 1)) {
            try {
                context.check(each);
                return;
            } catch (Refusal e) {
                // another one may do
            }
        }
        context.check(anyOf.get(anyOf.size() - 1));
    }

    /** A plan that has no templates yet. */
    static RolloutPlan draft(
            Subject subject,
            List<PlanStep> steps,
            TrafficRouter router,
            int deadline,
            boolean approval,
            String actor,
            String build) {
        return new RolloutPlan(
                UUID.randomUUID().toString(),
                subject,
                steps,
                router.kind(),
                router.settings(),
                null,
                null,
                deadline,
                approval,
                actor,
                build);
    }

    /** A plan without steps and templates that has this id, however often it is made. */
    static RolloutPlan draft(Subject subject, String id, String actor) {
        ReplicasRouter router = new ReplicasRouter();
        return new RolloutPlan(
                id, subject, List.of(), router.kind(), router.settings(), null, null, 600, false, actor, "");
    }

    private static List<PlanStep> steps(CanaryStep step) {
        if (step.getTemplate() != null) {
            if (!step.getSteps().isEmpty()) {
                throw new IllegalArgumentException("Give either steps or template, not both.");
            }
            return PlanTemplates.of(step.getTemplate());
        }
        if (step.getSteps().isEmpty() || step.getSteps().size() > 100) {
            throw new IllegalArgumentException("Give from 1 to 100 steps, for example steps: [setWeight(20),"
                    + " pause(duration: '10m')], or a template, one of " + PlanTemplates.names() + ".");
        }
        return step.getSteps().stream().map(RolloutPart::step).toList();
    }

    private static int deadline(int seconds) {
        if (seconds < 10 || seconds > 86400) {
            throw new IllegalArgumentException("'" + seconds
                    + "' cannot be the parameter progressDeadlineSeconds. Give seconds from 10 to 86400.");
        }
        return seconds;
    }

    private static void variable(String name, String value) {
        if (!VARIABLE.matcher(name).matches() || value.length() > 65536 || value.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(
                    "env: a variable needs a name of letters, digits, '_', '-' and '.', and a"
                            + " value of at most 64 KiB without NUL.");
        }
    }

    private static Environment environment(TenantContext context, Application application, String name) {
        if (name != null) {
            return context.environment(application, name);
        }
        List<Environment> all = application.getEnvironments();
        if (all.size() != 1) {
            throw new IllegalArgumentException(
                    "The application has " + all.size() + " environments. Say which one by the parameter environment.");
        }
        return context.environment(application, all.get(0).getName());
    }

    RolloutPlan draft() {
        return draft;
    }

    String image() {
        return image;
    }

    Map<String, String> env() {
        return env;
    }

    boolean isAbortOnInterrupt() {
        return abortOnInterrupt;
    }
}
