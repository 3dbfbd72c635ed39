package io.jenkins.plugins.shera.kubeng.figures;

import java.util.Map;
import java.util.SortedMap;

/**
 * What one lane of the daemon is at.
 *
 * @param generation in force; 0 for none
 * @param refused generation that nginx refused; 0 for none
 * @param reloads since the daemon began
 * @param leftOut routes or weights that are not served
 * @param failing whether what is wanted is not in force
 */
public record LaneFigures(long generation, long refused, long reloads, int leftOut, boolean failing) {

    static void write(Exposition out, SortedMap<String, LaneFigures> lanes) {
        out.begin("kubeng_generation", "gauge", "Generation of the document in force.");
        each(out, lanes, LaneFigures::generation);
        out.begin("kubeng_refused_generation", "gauge", "Generation that nginx refused, 0 for none.");
        each(out, lanes, LaneFigures::refused);
        out.begin("kubeng_reloads_total", "counter", "How often nginx took something new since the daemon began.");
        each(out, lanes, LaneFigures::reloads);
        out.begin("kubeng_left_out", "gauge", "Routes or weights of the document that are not served.");
        each(out, lanes, LaneFigures::leftOut);
        out.begin("kubeng_failing", "gauge", "1 while what is wanted is not in force.");
        each(out, lanes, lane -> lane.failing() ? 1 : 0);
    }

    /** One figure of a lane. */
    private interface Figure {
        long of(LaneFigures lane);
    }

    private static void each(Exposition out, Map<String, LaneFigures> lanes, Figure figure) {
        lanes.forEach((kind, lane) -> out.value(figure.of(lane), "kind", kind));
    }
}
