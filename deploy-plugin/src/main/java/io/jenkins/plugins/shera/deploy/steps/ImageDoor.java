package io.jenkins.plugins.shera.deploy.steps;

import hudson.model.Run;
import io.jenkins.plugins.shera.deploy.policy.ImageDemand;
import io.jenkins.plugins.shera.deploy.rollout.DeployException;
import io.jenkins.plugins.shera.platform.access.AuditLine;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.config.EnvironmentPolicy;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.extension.ImageRecords;
import io.jenkins.plugins.shera.platform.extension.ImageStanding;
import java.io.IOException;
import java.util.function.Consumer;

/** Lets an image into an environment, or not, by the environment's policy and what is known of the image; fails closed. */
public final class ImageDoor {
    private final String tenant;
    private final String application;
    private final String environment;

    /** Of one environment of an application. */
    public ImageDoor(String tenant, String application, String environment) {
        this.tenant = tenant;
        this.application = application;
        this.environment = environment;
    }

    /** Says no by an exception, with nobody who overrides it. */
    public void check(String image, Consumer<String> log) throws DeployException {
        check(image, null, null, log);
    }

    /**
     * Says no by an exception.
     *
     * @param reason why somebody who may overrides the policy; null when nobody does
     */
    void check(String image, String reason, Run<?, ?> run, Consumer<String> log) throws DeployException {
        EnvironmentPolicy policy = policy();
        ImageDemand demand = ImageDemand.of(policy.getImages());
        if (demand == ImageDemand.ANY) {
            return;
        }
        String no = no(image, demand);
        if (no == null) {
            return;
        }
        if (reason != null) {
            log.accept("OVERRIDDEN: " + no + " Reason: " + reason);
            AuditLine.of("deploy.override", image)
                    .tenant(tenant)
                    .from(run)
                    .after(reason)
                    .done();
        } else if (policy.isWarnOnly()) {
            log.accept("WARNING: " + no);
        } else {
            throw new DeployException(
                    "Cannot deploy " + application + " to " + environment + ". " + no
                            + " Build it with a quality check, deploy another image, or let somebody who may promote"
                            + " override this with a reason.",
                    null);
        }
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
