package io.jenkins.plugins.shera.build.steps;

import hudson.AbortException;
import hudson.model.Run;
import io.jenkins.plugins.shera.build.config.SonarConfiguration;
import io.jenkins.plugins.shera.build.maven.MavenCommand;
import io.jenkins.plugins.shera.build.sonar.ScannerCommand;
import io.jenkins.plugins.shera.oci.image.Quoted;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.platform.tenancy.TenantContext;

/** Makes of the step's parameters an order that may be carried out, or says why not; talks to nobody. */
final class QualityPermit {
    static final int LONGEST_TIMEOUT = 24 * 60 * 60;

    private static final int LONGEST_GATE = 100;
    private static final String USUAL_GOALS = "verify";

    private QualityPermit() {}

    static QualityOrder of(CheckQualityStep step, Run<?, ?> run, Surroundings around) throws AbortException {
        try {
            ScannerCommand.check(step.getProjectKey(), step.getProperties());
            seconds("timeout", step.getTimeout());
            TenantContext tenant = TenantContext.forRun(run, step.getTenant(), SheraPermissions.BUILD);
            String id = tenant.tenant().getId();
            return new QualityOrder(
                    id,
                    tenant.actor(),
                    SonarConfiguration.get()
                            .serverFor(around.server(step.getServer(), tenant.tenant()), id)
                            .getId(),
                    step.getProjectKey(),
                    gate(step.getQualityGate()),
                    new MavenOrder(
                            MavenCommand.parse(step.getMaven() == null ? USUAL_GOALS : step.getMaven()), null, null),
                    step.getProperties(),
                    OnFailure.parse("onGateFailure", step.getOnGateFailure()),
                    OnFailure.parse("onUnavailable", step.getOnUnavailable()),
                    Math.max(1, step.getTimeout() - 5));
        } catch (Refusal | IllegalArgumentException e) {
            throw new AbortException(
                    "Cannot check the quality of " + Quoted.of(step.getProjectKey()) + ". " + e.getMessage());
        }
    }

    private static String gate(String name) {
        if (name != null && (name.length() > LONGEST_GATE || !name.matches("[^\\p{Cntrl}]+"))) {
            throw new IllegalArgumentException("qualityGate is the name of a quality gate in SonarQube, of at most "
                    + LONGEST_GATE + " characters: correct it.");
        }
        return name;
    }

    static void seconds(String parameter, int seconds) {
        if (seconds < 1 || seconds > LONGEST_TIMEOUT) {
            throw new IllegalArgumentException(
                    parameter + " is " + seconds + ": give seconds from 1 to " + LONGEST_TIMEOUT + ".");
        }
    }
}
