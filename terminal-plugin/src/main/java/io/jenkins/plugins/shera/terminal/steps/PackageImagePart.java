package io.jenkins.plugins.shera.terminal.steps;

import hudson.Extension;
import hudson.Util;
import hudson.model.Descriptor;
import hudson.security.Permission;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.terminal.pack.Changes;
import io.jenkins.plugins.shera.terminal.pack.Choice;
import io.jenkins.plugins.shera.terminal.pack.Hand;
import io.jenkins.plugins.shera.terminal.pack.PackException;
import io.jenkins.plugins.shera.terminal.pack.PackOrder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code packageImage(tag: '1.4-mended', set: 'config')}: what was changed becomes one layer on the container's image. */
public final class PackageImagePart extends ContainerPart {
    private static final long serialVersionUID = 1L;

    private final String tag;
    private String set = "everything";
    private List<String> paths = new ArrayList<>();
    private boolean mask;
    private Map<String, String> env = new LinkedHashMap<>();
    private List<String> entrypoint = new ArrayList<>();
    private List<String> command = new ArrayList<>();
    private String patch;

    /** The tag must be new in the repository. */
    @DataBoundConstructor
    public PackageImagePart(String tag) {
        this.tag = tag;
    }

    public String getTag() {
        return tag;
    }

    /** {@code everything} or {@code config}. */
    public String getSet() {
        return set;
    }

    @DataBoundSetter
    public void setSet(String set) {
        this.set = Util.fixEmptyAndTrim(set) == null ? "everything" : set.trim();
    }

    /** Instead of a set, changed files and folders. */
    public List<String> getPaths() {
        return paths;
    }

    @DataBoundSetter
    public void setPaths(List<String> paths) {
        this.paths = new ArrayList<>(Util.fixNull(paths));
    }

    /** Whether secrets are masked instead of refused. */
    public boolean isMask() {
        return mask;
    }

    @DataBoundSetter
    public void setMask(boolean mask) {
        this.mask = mask;
    }

    /** Variables of the image. */
    public Map<String, String> getEnv() {
        return env;
    }

    /** Takes what Groovy makes of a map, so values may be numbers and texts with variables. */
    @DataBoundSetter
    public void setEnv(Map<String, ?> env) {
        Map<String, String> texts = new LinkedHashMap<>();
        if (env != null) {
            env.forEach((name, value) -> texts.put(String.valueOf(name), String.valueOf(value)));
        }
        this.env = texts;
    }

    /** Words of a new entrypoint; empty keeps it. */
    public List<String> getEntrypoint() {
        return entrypoint;
    }

    @DataBoundSetter
    public void setEntrypoint(List<String> entrypoint) {
        this.entrypoint = new ArrayList<>(Util.fixNull(entrypoint));
    }

    /** Words of a new command; empty keeps it. */
    public List<String> getCommand() {
        return command;
    }

    @DataBoundSetter
    public void setCommand(List<String> command) {
        this.command = new ArrayList<>(Util.fixNull(command));
    }

    /** File of the workspace that gets the changed text files as a patch; null for none. */
    public String getPatch() {
        return patch;
    }

    @DataBoundSetter
    public void setPatch(String patch) {
        this.patch = Util.fixEmptyAndTrim(patch);
    }

    @Override
    Permission needs() {
        return SheraPermissions.PACKAGE;
    }

    @Override
    void check() {
        if (!set.matches("everything|config")) {
            throw new IllegalArgumentException(
                    "'" + set + "' cannot be the parameter set. Give 'everything' or 'config', or paths.");
        }
        if (patch != null) {
            checkWorkspacePath("patch", patch);
        }
        try {
            order(new Hand("", "", java.time.Instant.EPOCH));
        } catch (PackException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    PackOrder order(Hand hand) throws PackException {
        PackOrder order = new PackOrder(tag, hand)
                .maskSecrets(mask)
                .entrypoint(entrypoint.isEmpty() ? null : entrypoint)
                .command(command.isEmpty() ? null : command);
        for (Map.Entry<String, String> each : env.entrySet()) {
            order.env(each.getKey(), each.getValue());
        }
        return order;
    }

    Choice choice(Changes changes) throws PackException {
        if (!paths.isEmpty()) {
            return Choice.paths(changes, paths);
        }
        return set.equals("config") ? Choice.configOnly(changes) : Choice.everything(changes);
    }

    @Override
    void begin(ContainerSession session) throws IOException, InterruptedException {
        session.pack(this);
    }

    @Extension
    @Symbol("packageImage")
    public static final class DescriptorImpl extends Descriptor<ContainerPart> {
        @Override
        public String getDisplayName() {
            return Messages.PackageImagePart_displayName();
        }
    }
}
