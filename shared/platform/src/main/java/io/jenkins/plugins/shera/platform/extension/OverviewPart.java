package io.jenkins.plugins.shera.platform.extension;

import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.security.Permission;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Tenant;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.jvnet.localizer.Localizable;

/**
 * What a plugin tells of an application at a glance, on its overview; asked at every look, as the caller, by a thread that does not know
 * the reader's language.
 */
public abstract class OverviewPart implements ExtensionPoint {

    /** How good a line's state is. */
    public enum Tone {
        OK,
        WARN,
        BAD,
        IDLE
    }

    /** What the values of a figure count. */
    public enum Unit {
        CPU,
        BYTES,
        COUNT,
        PERCENT,
        SECONDS
    }

    /**
     * One thing that belongs to the application, such as a route or an alert.
     *
     * @param title its name
     * @param url where it leads, http or https; empty for nowhere
     * @param detail a few words beside it
     * @param state a word for how it stands
     */
    public record Line(String title, String url, Localizable detail, Localizable state, Tone tone) {}

    /**
     * How a measure went in the last hour.
     *
     * @param points at equal distances, the oldest first, null where nothing was measured
     * @param bound where it warns, null where it does not
     */
    public record Figure(String environment, Localizable title, Unit unit, List<Double> points, Double bound) {
        /** Keeps its own copy. */
        public Figure {
            points = Collections.unmodifiableList(new ArrayList<>(points));
        }
    }

    /** All that a plugin tells. */
    public record Glance(List<Line> lines, List<Figure> figures) {
        /** Keeps its own copies. */
        public Glance {
            lines = List.copyOf(lines);
            figures = List.copyOf(figures);
        }
    }

    /** Id of the tab that tells more. */
    public abstract String tab();

    /** Where it stands among the parts, the smallest first. */
    public abstract int order();

    /** Who may see it. */
    public abstract Permission permission();

    /** Looks now; what has not answered after some seconds is left out and said to be silent. */
    public abstract Glance look(Tenant tenant, Application application) throws IOException, InterruptedException;

    /** Every part, in order. */
    public static List<OverviewPart> all() {
        return ExtensionList.lookup(OverviewPart.class).stream()
                .sorted(Comparator.comparingInt(OverviewPart::order))
                .toList();
    }
}
