package io.jenkins.plugins.shera.build.pages;

import hudson.model.InvisibleAction;
import hudson.model.Run;
import io.jenkins.plugins.shera.platform.meters.Meters;
import io.jenkins.plugins.shera.platform.meters.Spans;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** The phases a build went through, with their times. */
public final class PhasesAction extends InvisibleAction {
    private final ArrayList<Phase> phases = new ArrayList<>();

    /** Ends the running phase with a state and begins the next one; a null name begins none. */
    public static void next(Run<?, ?> run, String state, String name) throws IOException {
        synchronized (run) {
            PhasesAction action = run.getAction(PhasesAction.class);
            if (action == null) {
                action = new PhasesAction();
                run.addAction(action);
            }
            action.move(run, state, name);
            run.save();
        }
    }

    private void move(Run<?, ?> run, String state, String name) {
        long now = System.currentTimeMillis();
        Phase last = phases.isEmpty() ? null : phases.get(phases.size() - 1);
        if (last != null && last.state.equals("running")) {
            if (last.name.equals(name)) {
                return;
            }
            last.state = state;
            last.millis = now - last.begun;
            Meters.get().phase(last.name, state, Duration.ofMillis(last.millis));
            Spans.phase(run.getExternalizableId(), last.name, state, Duration.ofMillis(last.millis));
        }
        if (name != null) {
            phases.add(new Phase(name, now));
        }
    }

    /** In the order they were gone through. */
    public List<Phase> getPhases() {
        return List.copyOf(phases);
    }

    /** One phase. */
    @ExportedBean(defaultVisibility = 999)
    public static final class Phase {
        private final String name;
        private final long begun;
        private String state = "running";
        private long millis;

        Phase(String name, long begun) {
            this.name = name;
            this.begun = begun;
        }

        @Exported
        public String getName() {
            return name;
        }

        /** {@code running}, {@code done} or {@code failed}. */
        @Exported
        public String getState() {
            return state;
        }

        /** How long it took; so far, while it runs. */
        @Exported
        public long getMillis() {
            return state.equals("running") ? System.currentTimeMillis() - begun : millis;
        }
    }
}
