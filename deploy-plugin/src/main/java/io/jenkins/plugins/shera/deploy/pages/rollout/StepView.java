package io.jenkins.plugins.shera.deploy.pages.rollout;

import io.jenkins.plugins.shera.deploy.analysis.Bounds;
import io.jenkins.plugins.shera.deploy.analysis.Measurement;
import io.jenkins.plugins.shera.deploy.analysis.Tally;
import io.jenkins.plugins.shera.deploy.analysis.Verdict;
import io.jenkins.plugins.shera.deploy.canary.Phase;
import io.jenkins.plugins.shera.deploy.canary.PlanStep;
import io.jenkins.plugins.shera.deploy.canary.RolloutPlan;
import io.jenkins.plugins.shera.deploy.canary.RolloutStatus;
import java.util.List;
import java.util.Optional;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** One step of a plan and how far it is. */
@ExportedBean(defaultVisibility = 999)
public final class StepView {

    private final PlanStep step;
    private final RolloutStatus status;
    private final int index;
    private final Optional<Tally> tally;

    StepView(RolloutPlan plan, RolloutStatus status, int index) {
        this.step = plan.steps().get(index);
        this.status = status;
        this.index = index;
        this.tally =
                status.tallies().stream().filter(each -> each.step() == index).findFirst();
    }

    /** {@code setWeight}, {@code pause}, ... */
    @Exported
    public String getWord() {
        return step.word();
    }

    /** For people: {@code setWeight 20}. */
    @Exported
    public String getText() {
        return step.text();
    }

    /** {@code done}, {@code current}, {@code todo} or {@code left} (not done, and not to be done any more). */
    @Exported
    public String getState() {
        boolean reachedEnd = status.phase() == Phase.PROMOTING || status.phase() == Phase.HEALTHY;
        // A set promotes from the last step, where its members wait for each other.
        boolean decided = reachedEnd && step instanceof PlanStep.Barrier && index == status.step();
        if (index < status.step() || decided) {
            return "done";
        }
        boolean moving = status.phase() == Phase.PROGRESSING
                || status.phase() == Phase.PAUSED
                || status.phase() == Phase.INITIALIZED;
        if (!moving) {
            return "left";
        }
        return index == status.step() ? "current" : "todo";
    }

    /** Seconds that a pause or an analysis lasts, 0 where that is not known. */
    @Exported
    public long getSeconds() {
        if (step instanceof PlanStep.Pause pause) {
            return pause.seconds();
        }
        return step instanceof PlanStep.Analyse analyse
                ? (long) analyse.spec().intervalSeconds() * analyse.spec().count()
                : 0;
    }

    /** Seconds of it that have passed and count. */
    @Exported
    public long getPassed() {
        return index == status.step() && status.isReached() ? status.passed() / 1000 : 0;
    }

    /** The verdict of an analysis, empty while there is none. */
    @Exported
    public String getVerdict() {
        if (step instanceof PlanStep.Analyse analyse && tally.isPresent()) {
            Optional<Verdict> verdict = tally.get().verdict(analyse.spec());
            return verdict.isPresent() ? verdict.get().text() : "";
        }
        return "";
    }

    @Exported
    public Double getMin() {
        return bounds().map(Bounds::min).orElse(null);
    }

    @Exported
    public Double getMax() {
        return bounds().map(Bounds::max).orElse(null);
    }

    private Optional<Bounds> bounds() {
        return step instanceof PlanStep.Analyse analyse
                ? Optional.of(analyse.spec().bounds())
                : Optional.empty();
    }

    @Exported
    public List<MeasurementView> getMeasurements() {
        return tally.map(Tally::newest).orElse(List.of()).stream()
                .map(MeasurementView::new)
                .toList();
    }

    /** One measurement. */
    @ExportedBean(defaultVisibility = 999)
    public static final class MeasurementView {
        private final Measurement measurement;

        MeasurementView(Measurement measurement) {
            this.measurement = measurement;
        }

        @Exported
        public String getAt() {
            return measurement.at().toString();
        }

        @Exported
        public String getVerdict() {
            return measurement.verdict().text();
        }

        /** Null when it could not be measured. */
        @Exported
        public Double getValue() {
            return measurement.value();
        }

        @Exported
        public String getText() {
            return measurement.text();
        }
    }
}
