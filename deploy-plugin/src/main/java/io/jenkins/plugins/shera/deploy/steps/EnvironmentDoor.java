package io.jenkins.plugins.shera.deploy.steps;

import hudson.model.Run;
import io.jenkins.plugins.shera.deploy.policy.ImageDemand;
import io.jenkins.plugins.shera.deploy.rollout.DeployException;
import io.jenkins.plugins.shera.platform.access.AuditLine;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.config.EnvironmentPolicy;
import io.jenkins.plugins.shera.platform.config.Freeze;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.extension.ImageRecords;
import io.jenkins.plugins.shera.platform.extension.ImageStanding;
import io.jenkins.plugins.shera.platform.freeze.FreezeWindow;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Lets a release into an environment, or not: by the tenant's freezes, by the environment's policy and what is known of the image.
 * Fails closed. Going back is never asked here.
 */
public final class EnvironmentDoor {
    private static final DateTimeFormatter END = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm VV", Locale.ROOT);

    private final String tenant;
    private final String application;
    private final String environment;

    /** Of one environment of an application. */
    public EnvironmentDoor(String tenant, String application, String environment) {
        this.tenant = tenant;
        this.application = application;
        this.environment = environment;
    }

    /**
     * Says no by an exception.
     *
     * @param reason why somebody who may overrides the policy; null when nobody does
     * @param run in which they do; null for the caller of a page
     */
    public void check(String image, String reason, Run<?, ?> run, Consumer<String> log) throws DeployException {
        checkFreeze(image, reason, run, log);
        checkImage(image, reason, run, log);
    }

    /** The same for a set of objects with any number of images, none included; {@code what} names the set. */
    public void check(String what, Collection<String> images, String reason, Run<?, ?> run, Consumer<String> log)
            throws DeployException {
        checkFreeze(what, reason, run, log);
        for (String image : images) {
            checkImage(image, reason, run, log);
        }
    }

    /** Lets back in what somebody went back from, by a reason alone; {@code no} says what that was. */
    void checkPin(String no, String image, String reason, Run<?, ?> run, Consumer<String> log) throws DeployException {
        refuse(no, "Deploy another image, make it stable by hand (retryRollout, undoRollout)", image, reason, run, log);
    }

    private void checkFreeze(String what, String reason, Run<?, ?> run, Consumer<String> log) throws DeployException {
        String frozen = frozen();
        if (frozen != null) {
            refuse(frozen, "Wait until it is over", what, reason, run, log);
        }
    }

    private void checkImage(String image, String reason, Run<?, ?> run, Consumer<String> log) throws DeployException {
        EnvironmentPolicy policy = policy();
        ImageDemand demand = ImageDemand.of(policy.getImages());
        String no = demand == ImageDemand.ANY ? null : no(image, demand);
        if (no == null) {
            return;
        }
        if (reason == null && policy.isWarnOnly()) {
            log.accept("WARNING: " + no);
        } else {
            refuse(no, "Build it with a quality check, deploy another image", image, reason, run, log);
        }
    }

    private void refuse(String no, String next, String image, String reason, Run<?, ?> run, Consumer<String> log)
            throws DeployException {
        if (reason == null) {
            throw new DeployException(
                    "Cannot deploy " + application + " to " + environment + ". " + no + " " + next
                            + ", or let somebody who may promote override this with a reason: the parameter override.",
                    null);
        }
        log.accept("OVERRIDDEN: " + no + " Reason: " + reason);
        AuditLine audit = AuditLine.of("deploy.override", image).tenant(tenant).after(reason);
        (run == null ? audit : audit.from(run)).done();
    }

    /** The freeze that holds for this environment now, in words; null when none does. */
    private String frozen() {
        Tenant known = SheraConfiguration.get().tenant(tenant);
        Instant now = Instant.now();
        if (known == null) {
            return null;
        }
        for (Freeze freeze : known.getFreezes()) {
            FreezeWindow window = freeze.window();
            if (window.covers(environment) && window.holds(now)) {
                return "The tenant " + tenant + " is frozen ("
                        + window.name() + ")"
                        + window.until(now)
                                .map(end -> " until " + END.format(end))
                                .orElse("")
                        + ": no release may begin.";
            }
        }
        return null;
    }

    private String no(String image, ImageDemand demand) {
        String demanded = "The environment " + environment + " lets in only " + demand.words() + ", and " + image;
        if (!image.contains("@sha256:")) {
            return demanded + " is named by a tag, which can move: name it by digest.";
        }
        try {
            ImageStanding standing = ImageRecords.standingOf(tenant, image);
            return demand.accepts(standing.word(), standing.debug())
                    ? null
                    : demanded + " is " + standing.word() + (standing.debug() ? " and bears debug tools. " : ". ")
                            + standing.why();
        } catch (IOException e) {
            return demanded + " could not be verified: " + e.getMessage();
        }
    }

    private EnvironmentPolicy policy() {
        Application known = SheraConfiguration.get().application(tenant, application);
        return known == null
                ? new EnvironmentPolicy()
                : known.environment(environment).map(Environment::getPolicy).orElseGet(EnvironmentPolicy::new);
    }
}
