package io.jenkins.plugins.shera.deploy.steps;

import hudson.AbortException;
import hudson.Extension;
import hudson.Util;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.shera.deploy.manifest.BroughtManifests;
import io.jenkins.plugins.shera.deploy.manifest.Origin;
import io.jenkins.plugins.shera.deploy.rollout.ManifestRequest;
import io.jenkins.plugins.shera.kube.manifest.ManifestException;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.platform.tenancy.TenantContext;
import java.util.Set;
import java.util.UUID;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * Applies manifests that were written elsewhere and waits until they serve:
 * {@code deployManifests(application: 'shop', environment: 'dev', manifests: readFile('shop.yaml'))}.
 */
public class DeployManifestsStep extends Step {

    private final String application;
    private final String manifests;
    private String environment;
    private String tenant;
    private String set = DescriptorImpl.DEFAULT_SET;
    private boolean prune = true;
    private boolean dryRun;
    private String override;
    private int timeout = DeployApplicationStep.DescriptorImpl.DEFAULT_TIMEOUT;

    /** What it cannot do without; the manifests are YAML text. */
    @DataBoundConstructor
    public DeployManifestsStep(String application, String manifests) {
        this.application = application;
        this.manifests = manifests;
    }

    public String getApplication() {
        return application;
    }

    public String getManifests() {
        return manifests;
    }

    /** Name of the environment; null when the application has only one. */
    public String getEnvironment() {
        return environment;
    }

    @DataBoundSetter
    public void setEnvironment(String environment) {
        this.environment = Util.fixEmptyAndTrim(environment);
    }

    /** Id of the tenant to act for; null for the one whose folder holds the job. */
    public String getTenant() {
        return tenant;
    }

    @DataBoundSetter
    public void setTenant(String tenant) {
        this.tenant = Util.fixEmptyAndTrim(tenant);
    }

    /** Name of the set these manifests make up. */
    public String getSet() {
        return set;
    }

    @DataBoundSetter
    public void setSet(String set) {
        this.set = Util.fixEmptyAndTrim(set) == null ? DescriptorImpl.DEFAULT_SET : set.trim();
    }

    /** Whether what an earlier set had and this one has not is deleted. */
    public boolean isPrune() {
        return prune;
    }

    @DataBoundSetter
    public void setPrune(boolean prune) {
        this.prune = prune;
    }

    /** Whether it only shows what would change. */
    public boolean isDryRun() {
        return dryRun;
    }

    @DataBoundSetter
    public void setDryRun(boolean dryRun) {
        this.dryRun = dryRun;
    }

    /** Why what the environment's policy or a freeze refuses is let in all the same; null when it is not. */
    public String getOverride() {
        return override;
    }

    @DataBoundSetter
    public void setOverride(String override) {
        this.override = Util.fixEmptyAndTrim(override);
    }

    /** Seconds until all workloads must serve. */
    public int getTimeout() {
        return timeout;
    }

    @DataBoundSetter
    public void setTimeout(int timeout) {
        this.timeout = timeout;
    }

    @Override
    public StepExecution start(StepContext context) throws Exception {
        Run<?, ?> run = context.get(Run.class);
        try {
            TenantContext acting = TenantContext.forRun(run, tenant, SheraPermissions.DEPLOY);
            Application known = acting.application(application);
            Environment where = DeployPermit.environment(acting, known, environment);
            acting.checkDeploy(where);
            if (override != null) {
                acting.checkOverride();
            }
            acting.cluster(where.getCluster());
            if (manifests == null) {
                throw new IllegalArgumentException("The parameter manifests is missing. Give YAML text.");
            }
            BroughtManifests.read(manifests);
            Origin origin = new Origin(
                    acting.tenant().getId(),
                    known.getName(),
                    where.getName(),
                    UUID.randomUUID().toString(),
                    run.getExternalizableId());
            ManifestRequest request = new ManifestRequest(
                    manifests,
                    set,
                    origin,
                    new ManifestRequest.Place(where.getCluster(), where.getNamespace()),
                    ManifestDesk.namespaces(acting.tenant(), where),
                    prune,
                    DeployPermit.timeout(timeout));
            return new DeployManifestsExecution(context, request, acting.actor(), override, dryRun);
        } catch (Refusal | IllegalArgumentException | ManifestException e) {
            throw new AbortException("Cannot deploy the manifests of " + application + ". " + e.getMessage());
        }
    }

    /** Names the step for Pipeline. */
    @Extension
    public static final class DescriptorImpl extends StepDescriptor {

        /** Name of the set when an application has only one. */
        public static final String DEFAULT_SET = "all";

        @Override
        public String getFunctionName() {
            return "deployManifests";
        }

        @Override
        public String getDisplayName() {
            return Messages.DeployManifestsStep_displayName();
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class);
        }
    }
}
