package io.jenkins.plugins.shera.deploy.rollout;

import io.jenkins.plugins.shera.kube.rollout.PodState;
import io.jenkins.plugins.shera.kube.rollout.RolloutState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Turns a stream of states into few lines: only what changed, and never more than ten pods at a time. */
public final class ProgressLog {

    private static final int MOST_PODS = 10;

    private final Map<String, String> pods = new HashMap<>();
    private String summary = "";

    /** The lines to print for this state, none when nothing changed. */
    public List<String> lines(RolloutState state) {
        List<String> lines = new ArrayList<>();
        int more = 0;
        Map<String, String> now = new HashMap<>();
        for (PodState pod : state.pods()) {
            String text = text(pod);
            now.put(pod.name(), text);
            if (text.equals(pods.get(pod.name())) || !pod.updated()) {
                continue;
            }
            if (lines.size() < MOST_PODS) {
                lines.add("  pod " + pod.name() + ": " + text);
            } else {
                more++;
            }
        }
        if (more > 0) {
            lines.add("  and " + more + " more pods");
        }
        pods.clear();
        pods.putAll(now);
        if (!state.summary().equals(summary)) {
            summary = state.summary();
            lines.add(summary);
        }
        return lines;
    }

    private static String text(PodState pod) {
        String ready = pod.ready() ? "ready" : pod.state();
        return ready + (pod.restarts() > 0 ? ", restarted " + pod.restarts() + " times" : "");
    }
}
