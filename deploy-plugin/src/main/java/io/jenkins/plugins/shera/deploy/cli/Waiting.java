package io.jenkins.plugins.shera.deploy.cli;

import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.deploy.steps.DeployDesk;
import io.jenkins.plugins.shera.deploy.steps.DeployForm;
import io.jenkins.plugins.shera.deploy.steps.FollowedManifests;
import io.jenkins.plugins.shera.deploy.steps.ManifestDesk;
import io.jenkins.plugins.shera.kube.rollout.RolloutState;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** A command that stays until what it deployed serves, and prints what is new meanwhile. */
final class Waiting {

    private static final Duration BETWEEN = Duration.ofSeconds(1);

    private final PrintStream out;
    private final Subject subject;
    private final Set<String> said = new HashSet<>();

    Waiting(PrintStream out, Subject subject) {
        this.out = out;
        this.subject = subject;
    }

    /** Until all pods serve, or the time of the order is over. */
    void forPods(DeployDesk desk, DeployForm form) {
        Instant end = Instant.now().plusSeconds(form.timeout());
        String last = "";
        while (Instant.now().isBefore(end)) {
            Optional<RolloutState> seen = desk.look();
            last = seen.map(RolloutState::summary).orElse(last);
            say(last);
            RolloutState.Phase phase = seen.map(RolloutState::phase).orElse(RolloutState.Phase.PROGRESSING);
            if (phase == RolloutState.Phase.COMPLETE) {
                return;
            }
            if (phase == RolloutState.Phase.FAILED) {
                throw failed(seen.get().trouble().message());
            }
            pause();
        }
        throw failed(last);
    }

    /** Until all of the manifests serve; how long that may take is said where they are followed. */
    void forManifests(ManifestDesk desk) {
        Optional<FollowedManifests> followed = desk.followed();
        while (followed.isPresent()) {
            followed.get().lines().forEach(this::say);
            switch (followed.get().phase()) {
                case COMPLETE -> {
                    followed.get().lines().forEach(this::say);
                    return;
                }
                case FAILED -> throw failed(followed.get().lines().stream().reduce("", (before, each) -> each));
                default -> pause();
            }
        }
    }

    private void say(String line) {
        if (!line.isEmpty() && said.add(line)) {
            out.println(line);
        }
    }

    private Refusal failed(String why) {
        return new Refusal(
                Refusal.Kind.UNAVAILABLE,
                Messages.Waiting_failed(),
                subject.toString(),
                why,
                Messages.Waiting_failed_next());
    }

    private void pause() {
        try {
            Thread.sleep(BETWEEN.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(Messages.Waiting_interrupted());
        }
    }
}
