package io.jenkins.plugins.shera.deploy.steps.rollout;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.shera.deploy.canary.Phase;
import io.jenkins.plugins.shera.deploy.canary.RolloutPlan;
import io.jenkins.plugins.shera.deploy.canary.RolloutStatus;
import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.deploy.canary.Verb;
import io.jenkins.plugins.shera.platform.access.AuditLine;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Timelines;
import io.jenkins.plugins.shera.platform.timeline.TimelineEntry;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Writes what a rollout does into the application's timeline and the audit trail. */
final class RolloutDiary {

    private static final Logger LOGGER = Logger.getLogger(RolloutDiary.class.getName());

    private final RolloutPlan plan;

    RolloutDiary(RolloutPlan plan) {
        this.plan = plan;
    }

    /** One entry for each step and each phase. */
    void moved(RolloutStatus before, RolloutStatus after) {
        boolean reached = after.isReached() && (!before.isReached() || before.step() != after.step());
        if (before.phase() != after.phase()) {
            String detail = after.reason().isEmpty() ? plan.what() : after.reason();
            tell("Rollout " + after.phase().text(), detail, plan.startedBy());
            if (after.phase() != Phase.PAUSED && after.phase() != Phase.PROGRESSING) {
                AuditLine.of("rollout." + after.phase().text(), plan.subject().key())
                        .tenant(plan.subject().tenant())
                        .before(image(plan.imageBefore()))
                        .after(image(plan.what()))
                        .done();
            }
        } else if (!before.isOver() && after.isOver()) {
            tell("Rollout " + after.phase().text() + ", all is tidy", plan.what(), plan.startedBy());
        } else if (reached && after.step() < plan.steps().size()) {
            tell("Canary " + plan.steps().get(after.step()).text(), plan.what(), plan.startedBy());
        }
    }

    /** A person's word. */
    static void said(Subject subject, Verb verb) {
        said(subject, verb.kind().text(), verb.by(), verb.kind() == Verb.Kind.SET_WEIGHT ? verb.weight() + " %" : "");
    }

    static void said(Subject subject, String verb, String by, String detail) {
        AuditLine.of("rollout." + verb, subject.key()).tenant(subject.tenant()).done();
        tell(subject, "Rollout: " + verb, detail, by);
    }

    private static String image(String reference) {
        return JsonNodeFactory.instance.objectNode().put("image", reference).toString();
    }

    private void tell(String title, String detail, String by) {
        tell(plan.subject(), title, detail, by);
    }

    /** The cluster is already as it is: that the timeline cannot be written must not stop a rollout. */
    private static void tell(Subject subject, String title, String detail, String by) {
        Application application = SheraConfiguration.get().application(subject.tenant(), subject.application());
        if (application == null) {
            return;
        }
        TimelineEntry entry = TimelineEntry.now(TimelineEntry.Kind.CANARY, title, detail, by, subject.environment());
        try {
            Timelines.get().append(application, entry);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "cannot write to the timeline of " + subject, e);
        }
    }
}
