package io.jenkins.plugins.shera.terminal.steps;

import hudson.ExtensionPoint;
import hudson.model.AbstractDescribableImpl;
import hudson.security.Permission;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import java.io.IOException;
import java.io.Serializable;

/** One thing that is done in a container: {@code runCommand('java -version')}. */
public abstract class ContainerPart extends AbstractDescribableImpl<ContainerPart>
        implements ExtensionPoint, Serializable {
    private static final long serialVersionUID = 1L;

    /**
     * Looks at it before anything is done.
     *
     * @throws IllegalArgumentException saying what to give instead
     */
    abstract void check();

    /** Does it, or begins a command. */
    abstract void begin(ContainerSession session) throws IOException, InterruptedException;

    /** What it takes beside Terminal. */
    Permission needs() {
        return SheraPermissions.TERMINAL;
    }

    static void checkPath(String name, String path) {
        if (!path.startsWith("/") || path.chars().anyMatch(Character::isISOControl) || path.length() > 4096) {
            throw new IllegalArgumentException("The parameter " + name
                    + " must be the absolute path of a file in the container, such as '/app/shop.conf'.");
        }
    }

    /** Below the workspace, so that a name from elsewhere leads nowhere else. */
    static void checkWorkspacePath(String name, String path) {
        boolean inside = !path.isEmpty() && !path.startsWith("/") && !path.matches("[A-Za-z]:.*|\\\\.*");
        for (String part : path.split("[/\\\\]")) {
            inside &= !part.equals("..");
        }
        if (!inside || path.chars().anyMatch(Character::isISOControl) || path.length() > 4096) {
            throw new IllegalArgumentException("The parameter " + name
                    + " must be the path of a file below the workspace, such as 'config/shop.conf', without '..'.");
        }
    }
}
