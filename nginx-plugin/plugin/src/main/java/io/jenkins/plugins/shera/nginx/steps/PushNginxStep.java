package io.jenkins.plugins.shera.nginx.steps;

import hudson.AbortException;
import hudson.Extension;
import hudson.FilePath;
import hudson.Util;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.shera.nginx.config.NginxCluster;
import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.nginx.steps.PushNginxExecution.Reload;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.platform.tenancy.TenantContext;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * Pushes the configuration files of a folder of the workspace to every node of an nginx cluster, in stages:
 * {@code pushNginx(nginx: 'edge', folder: 'nginx', check: 'http://127.0.0.1:8080/health', pause: 60)}.
 */
public class PushNginxStep extends Step {
    private static final int LONGEST_PAUSE = 24 * 60 * 60;
    private static final long LARGEST_FILE = 512 << 10;

    private String nginx;
    private String tenant;
    private String folder = "nginx";
    private String check = "";
    private String reason = "";
    private int pause;
    private int batch = 1000;
    private int errorWatch;
    private double errorRise = 1;
    private long errorRequests = 50;
    private String reload = "now";
    private boolean partial;

    /** With its defaults. */
    @DataBoundConstructor
    public PushNginxStep() {
        // every parameter has a default
    }

    /** Id of the nginx cluster; null for the only one the tenant may use. */
    public String getNginx() {
        return nginx;
    }

    @DataBoundSetter
    public void setNginx(String nginx) {
        this.nginx = Util.fixEmptyAndTrim(nginx);
    }

    /** Id of the tenant to act for; null for the one whose folder holds the job. */
    public String getTenant() {
        return tenant;
    }

    @DataBoundSetter
    public void setTenant(String tenant) {
        this.tenant = Util.fixEmptyAndTrim(tenant);
    }

    /** Folder of the workspace whose {@code *.conf} files are pushed; what is not among them is taken away. */
    public String getFolder() {
        return folder;
    }

    @DataBoundSetter
    public void setFolder(String folder) {
        this.folder = folder;
    }

    /** Address that each node has to answer from itself after it was pushed; empty for none. */
    public String getCheck() {
        return check;
    }

    @DataBoundSetter
    public void setCheck(String check) {
        this.check = Util.fixNull(check).trim();
    }

    /** Why, for the history. */
    public String getReason() {
        return reason;
    }

    @DataBoundSetter
    public void setReason(String reason) {
        this.reason = Util.fixNull(reason).trim();
    }

    /** Seconds to wait after the first node, and after each batch. */
    public int getPause() {
        return pause;
    }

    @DataBoundSetter
    public void setPause(int pause) {
        this.pause = pause;
    }

    /** How many nodes are pushed between two waits, after the first node alone. */
    public int getBatch() {
        return batch;
    }

    @DataBoundSetter
    public void setBatch(int batch) {
        this.batch = batch;
    }

    /** Seconds for which the share of 5xx is looked at after the first node, and after each batch; 0 for not at all. */
    public int getErrorWatch() {
        return errorWatch;
    }

    @DataBoundSetter
    public void setErrorWatch(int errorWatch) {
        this.errorWatch = errorWatch;
    }

    /** Percentage points by which it may rise before every node gets back what it had. */
    public double getErrorRise() {
        return errorRise;
    }

    @DataBoundSetter
    public void setErrorRise(double errorRise) {
        this.errorRise = errorRise;
    }

    /** Fewer requests than that, of a host or of all, are not judged. */
    public long getErrorRequests() {
        return errorRequests;
    }

    @DataBoundSetter
    public void setErrorRequests(long errorRequests) {
        this.errorRequests = errorRequests;
    }

    /** {@code now}, {@code later} to write the files and let nginx be, or {@code waiting} to put what was written so in force. */
    public String getReload() {
        return reload;
    }

    @DataBoundSetter
    public void setReload(String reload) {
        this.reload = Util.fixNull(reload).trim();
    }

    /** Whether nodes that fail are left behind, in place of giving every node back what it had. */
    public boolean isPartial() {
        return partial;
    }

    @DataBoundSetter
    public void setPartial(boolean partial) {
        this.partial = partial;
    }

    @Override
    public StepExecution start(StepContext context) throws Exception {
        try {
            if (pause < 0 || pause > LONGEST_PAUSE || batch < 1) {
                throw new AbortException(Messages.PushNginxStep_stages());
            }
            ErrorWatch watch = ErrorWatch.of(errorWatch, errorRise, errorRequests);
            TenantContext acting = TenantContext.forRun(context.get(Run.class), tenant, SheraPermissions.ROUTE);
            NginxCluster cluster = NodeAccess.cluster(nginx, acting.tenant().getId());
            if (!cluster.getTenants().equals(acting.tenant().getId())) {
                throw new AbortException(Messages.PushNginxStep_shared(cluster.getId()));
            }
            checkAddress();
            Reload when = when();
            Map<String, String> files = when == Reload.WAITING
                    ? new WaitingDesk(cluster).waiting().files()
                    : files(context.get(FilePath.class));
            SiteDesk.check(acting.tenant().getId(), files);
            SitePush push = new SitePush(acting.tenant().getId(), files, check, batch, pause, watch);
            if (partial && (watch.isOn() || when != Reload.NOW)) {
                throw new AbortException(Messages.SitePush_either());
            }
            return new PushNginxExecution(
                    context,
                    acting.tenant().getId(),
                    cluster.getId(),
                    new TreeMap<>(files),
                    partial ? push.partial() : push,
                    acting.starter(),
                    reason,
                    when);
        } catch (Refusal | InvalidRouteException | SitePush.FailedException e) {
            throw new AbortException(e.getMessage());
        }
    }

    private Reload when() throws AbortException {
        return switch (reload) {
            case "", "now" -> Reload.NOW;
            case "later" -> Reload.LATER;
            case "waiting" -> Reload.WAITING;
            default -> throw new AbortException(Messages.PushNginxStep_reload(reload));
        };
    }

    private void checkAddress() throws AbortException {
        if (check.isEmpty()) {
            return;
        }
        try {
            URI address = URI.create(check);
            if (address.getHost() != null && String.valueOf(address.getScheme()).matches("https?")) {
                return;
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw new AbortException(Messages.PushNginxStep_check());
    }

    private Map<String, String> files(FilePath workspace) throws IOException, InterruptedException {
        if (folder == null || folder.startsWith("/") || folder.matches("(.*/)?\\.\\.(/.*)?")) {
            throw new AbortException(Messages.PushNginxStep_folder(folder));
        }
        FilePath from = workspace.child(folder);
        Map<String, String> files = new TreeMap<>();
        if (!from.isDirectory()) {
            throw new AbortException(Messages.PushNginxStep_folder(folder));
        }
        for (FilePath file : from.list()) {
            if (file.getName().endsWith(".conf") && !file.isDirectory()) {
                if (file.length() > LARGEST_FILE) {
                    throw new AbortException(Messages.PushNginxStep_large(file.getName()));
                }
                try (var content = file.read()) {
                    files.put(file.getName(), new String(content.readAllBytes(), StandardCharsets.UTF_8));
                }
            }
        }
        if (files.isEmpty()) {
            throw new AbortException(Messages.PushNginxStep_empty(folder));
        }
        return files;
    }

    /** Names the step for Pipeline. */
    @Extension
    public static final class DescriptorImpl extends StepDescriptor {
        @Override
        public String getFunctionName() {
            return "pushNginx";
        }

        @Override
        public String getDisplayName() {
            return Messages.PushNginxStep_displayName();
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class, FilePath.class);
        }
    }
}
