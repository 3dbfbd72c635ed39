package io.jenkins.plugins.shera.deploy.steps.rollout;

import io.jenkins.plugins.shera.deploy.canary.Phase;
import io.jenkins.plugins.shera.deploy.canary.RolloutPlan;
import io.jenkins.plugins.shera.deploy.canary.RolloutRecord;
import io.jenkins.plugins.shera.deploy.canary.RolloutStatus;
import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.platform.extension.ReleaseNews;
import io.jenkins.plugins.shera.platform.extension.ReleaseNews.Event;
import io.jenkins.plugins.shera.platform.extension.ReleaseNotifier;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Tells people where a rollout stands. It is told from what is, never from what changed, so that a crash between the two loses nothing; the
 * same news has the same key, and those who pass it on say it once.
 */
final class RolloutNews {

    /** What ended longer ago, while Jenkins was down, is no news. */
    private static final Duration LATEST = Duration.ofDays(1);

    private String told = "";

    /** Tells what this state means to people, unless that was the last thing told. */
    void seen(RolloutPlan plan, RolloutStatus status) {
        Optional<ReleaseNews> news = of(plan, status);
        if (news.isPresent() && !news.get().key().equals(told)) {
            told = news.get().key();
            ReleaseNotifier.tellAll(news.get());
        }
    }

    /** What ended just before a Jenkins went down, which may have told nobody. */
    static void late(RolloutRecord record) {
        RolloutStatus status = record.status();
        if (isLate(record)) {
            new RolloutNews().seen(record.plan(), status);
        }
    }

    /** Whether it ended so short a time ago that it is news. */
    static boolean isLate(RolloutRecord record) {
        String changedAt = record.status().changedAt();
        // What somebody else wrote may hold no time at all.
        return record.trusted()
                && !changedAt.isEmpty()
                && Instant.parse(changedAt).isAfter(Instant.now().minus(LATEST));
    }

    /** It did not even begin. */
    static void notBegun(RolloutPlan draft, String image, String why) {
        Subject subject = draft.subject();
        ReleaseNotifier.tellAll(new ReleaseNews(
                subject.tenant(),
                subject.application(),
                subject.environment(),
                draft.id(),
                Event.FAILED,
                image,
                draft.startedBy(),
                why,
                Instant.now()));
    }

    /** The news in a state; empty where it waits for no person, nothing came to an end, or its release set tells. */
    static Optional<ReleaseNews> of(RolloutPlan plan, RolloutStatus status) {
        if (plan.set() != null) {
            return Optional.empty();
        }
        return switch (status.phase()) {
            case PAUSED ->
                Optional.of(news(plan, status, Event.WAITING, "/" + status.step() + "-" + status.waitsFor()));
            case DEGRADED -> Optional.of(news(plan, status, Event.FAILED, ""));
            case ABORTED, ROLLED_BACK -> Optional.of(news(plan, status, Event.WENT_BACK, ""));
            case HEALTHY -> Optional.of(news(plan, status, isUndo(plan) ? Event.WENT_BACK : Event.FINISHED, ""));
            default -> Optional.empty();
        };
    }

    private static ReleaseNews news(RolloutPlan plan, RolloutStatus status, Event event, String part) {
        Subject subject = plan.subject();
        String attempt = status.attempt() == 0 ? "" : "." + status.attempt();
        return new ReleaseNews(
                subject.tenant(),
                subject.application(),
                subject.environment(),
                plan.id() + attempt + part,
                event,
                plan.what(),
                plan.startedBy(),
                why(plan, status),
                Instant.now());
    }

    /** Going back to an earlier revision is a rollout without steps. */
    private static boolean isUndo(RolloutPlan plan) {
        return plan.steps().isEmpty() && !plan.isSwitch();
    }

    private static String why(RolloutPlan plan, RolloutStatus status) {
        if (status.phase() != Phase.HEALTHY || !status.reason().isEmpty()) {
            return status.reason();
        }
        if (isUndo(plan)) {
            return Messages.RolloutNews_undone(plan.startedBy());
        }
        return status.approvedBy().isEmpty() ? "" : Messages.RolloutNews_agreed(status.approvedBy());
    }
}
