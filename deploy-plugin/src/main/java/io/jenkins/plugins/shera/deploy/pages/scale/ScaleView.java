package io.jenkins.plugins.shera.deploy.pages.scale;

import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.deploy.pages.place.PlaceView;
import io.jenkins.plugins.shera.deploy.rollout.Autoscaler;
import io.jenkins.plugins.shera.deploy.scale.CustomMetric;
import io.jenkins.plugins.shera.deploy.scale.ScaleFacts;
import io.jenkins.plugins.shera.deploy.steps.scale.ScaleDesk;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** The number of pods in one environment, as page and REST show it. */
@ExportedBean(defaultVisibility = 999)
public final class ScaleView extends PlaceView<ScaleFacts> {

    private final boolean mayScale;

    /** As the cluster has it now. */
    ScaleView(Subject subject, boolean mayScale) {
        super(subject, where -> ScaleDesk.look(where).orElse(null), null);
        this.mayScale = mayScale;
    }

    @Exported
    public boolean isMayScale() {
        return mayScale;
    }

    /** Whether it is there. */
    @Exported
    public boolean isDeployed() {
        return facts() != null;
    }

    /** Kind of its workload: Deployment, StatefulSet or DaemonSet; empty where it is not deployed. */
    @Exported
    public String getKind() {
        return facts() == null ? "" : facts().kind();
    }

    /** Pods that are asked for; 0 where it is not deployed. */
    @Exported
    public int getWanted() {
        return facts() == null ? 0 : facts().wanted();
    }

    /** Pods that serve. */
    @Exported
    public int getReady() {
        return facts() == null ? 0 : facts().ready();
    }

    /** Pods before it was sent to sleep, 0 when it does not sleep. */
    @Exported
    public int getAsleepFrom() {
        return facts() == null ? 0 : facts().asleepFrom();
    }

    /** What owns the number, null when nothing does. */
    @Exported
    public AutoscalerView getAutoscaler() {
        return facts() == null || facts().autoscaler() == null
                ? null
                : new AutoscalerView(facts().autoscaler(), facts().ours());
    }

    /** An autoscaler with its bounds; percentages are of what each pod asks for. */
    @ExportedBean(defaultVisibility = 999)
    public static final class AutoscalerView {

        private final Autoscaler autoscaler;
        private final boolean ours;
        private final CustomMetric metric;

        AutoscalerView(Autoscaler autoscaler, boolean ours) {
            this.autoscaler = autoscaler;
            this.ours = ours;
            this.metric = CustomMetric.of(autoscaler.live());
        }

        @Exported
        public String getName() {
            return autoscaler.name();
        }

        /** Whether it may be changed here. */
        @Exported
        public boolean isOurs() {
            return ours;
        }

        @Exported
        public int getMin() {
            return autoscaler.min();
        }

        @Exported
        public int getMax() {
            return autoscaler.max();
        }

        /** Aim, 0 for none. */
        @Exported
        public int getCpu() {
            return autoscaler.target("cpu");
        }

        /** Aim, 0 for none. */
        @Exported
        public int getMemory() {
            return autoscaler.target("memory");
        }

        /** What it sees, -1 for nothing yet. */
        @Exported
        public int getCpuNow() {
            return autoscaler.seen("cpu");
        }

        /** What it sees, -1 for nothing yet. */
        @Exported
        public int getMemoryNow() {
            return autoscaler.seen("memory");
        }

        /** Name of the metric besides CPU and memory; empty for none. */
        @Exported
        public String getMetric() {
            return metric == null ? "" : metric.name();
        }

        /** {@code pods}, {@code object} or {@code external}. */
        @Exported
        public String getMetricKind() {
            return metric == null ? "" : metric.kind().word();
        }

        /** What it aims at. */
        @Exported
        public String getMetricTarget() {
            return metric == null ? "" : metric.target();
        }

        /** Kind and name of the object it is of. */
        @Exported
        public String getMetricObject() {
            return metric == null ? "" : metric.object();
        }

        /** Labels of the series. */
        @Exported
        public String getMetricSelector() {
            return metric == null ? "" : metric.selector();
        }

        /** What it sees of that metric, empty for nothing yet. */
        @Exported
        public String getMetricNow() {
            return CustomMetric.seen(autoscaler.live());
        }

        /** Why it does not scale now, in the cluster's words. */
        @Exported
        public String getTrouble() {
            return autoscaler.trouble();
        }
    }
}
