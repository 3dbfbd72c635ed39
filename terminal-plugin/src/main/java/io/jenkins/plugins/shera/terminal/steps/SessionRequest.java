package io.jenkins.plugins.shera.terminal.steps;

import hudson.AbortException;
import hudson.Util;
import hudson.model.Run;
import hudson.security.Permission;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.terminal.desk.EngineDoor;
import io.jenkins.plugins.shera.terminal.desk.Entry;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import jenkins.model.Jenkins;

/** What is to be done where, checked, and in whose name; saved with the build. */
final class SessionRequest implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int MOST_PARTS = 100;

    private final String tenant;
    private final String application;
    private final String environment;
    private final String pod;
    private final String selector;
    private final String container;
    private final ArrayList<ContainerPart> parts;
    private final String actor;

    /** Checks every parameter and the right of the build; talks to nobody. */
    SessionRequest(InContainerStep step, Run<?, ?> run) throws AbortException {
        tenant = Util.fixNull(step.getTenant());
        application = step.getApplication();
        environment = Util.fixNull(step.getEnvironment());
        pod = Util.fixNull(step.getPod());
        selector = Util.fixNull(step.getSelector());
        container = Util.fixNull(step.getContainer());
        parts = new ArrayList<>(step.getSteps());
        actor = Jenkins.getAuthentication2().getName();
        try {
            entry(run);
            check();
        } catch (Refusal | IllegalArgumentException e) {
            throw new AbortException("Cannot work in a container of " + application + ". " + e.getMessage());
        }
    }

    private void check() {
        if (parts.isEmpty() || parts.size() > MOST_PARTS) {
            throw new IllegalArgumentException("Give from 1 to " + MOST_PARTS
                    + " steps, for example steps: [runCommand('ls /app'), packageImage('1.4-mended')].");
        }
        parts.forEach(ContainerPart::check);
        if (!selector.matches("([A-Za-z0-9./_-]{1,317}=[A-Za-z0-9._-]{0,63}(,|$))*")) {
            throw new IllegalArgumentException(
                    "The parameter selector must be labels such as 'track=canary,zone=b'. Correct it.");
        }
        boolean engine = EngineDoor.isEngine(pod);
        if (!pod.matches(engine ? "docker:[A-Za-z0-9._-]{1,250}" : "[a-z0-9.-]*")
                || !container.matches(engine ? "[A-Za-z0-9_.-]{0,250}" : "[a-z0-9.-]*")) {
            throw new IllegalArgumentException("Names of pods and containers have small letters, digits, '.' and '-';"
                    + " a docker engine is named as docker:ID. Correct the parameters pod and container.");
        }
        if (engine && !selector.isEmpty()) {
            throw new IllegalArgumentException(
                    "Containers of a docker engine are chosen by name. Leave the parameter selector out.");
        }
    }

    /** The way in, asked for anew: the right may have been taken away meanwhile. */
    Entry entry(Run<?, ?> run) {
        Set<Permission> permissions = new LinkedHashSet<>(Set.of(SheraPermissions.TERMINAL));
        parts.forEach(part -> permissions.add(part.needs()));
        return Entry.ofBuild(run, tenant, application, environment, permissions);
    }

    List<ContainerPart> parts() {
        return parts;
    }

    String pod() {
        return pod;
    }

    String selector() {
        return selector;
    }

    String container() {
        return container;
    }

    /** Id of the user in whose name the work goes on in the background. */
    String actor() {
        return actor;
    }

    @Override
    public String toString() {
        return application + (environment.isEmpty() ? "" : " in " + environment);
    }
}
