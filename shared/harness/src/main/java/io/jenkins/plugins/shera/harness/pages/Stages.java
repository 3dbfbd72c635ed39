package io.jenkins.plugins.shera.harness.pages;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jenkinsci.plugins.workflow.actions.LabelAction;
import org.jenkinsci.plugins.workflow.actions.TimingAction;
import org.jenkinsci.plugins.workflow.actions.WarningAction;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.graph.BlockEndNode;
import org.jenkinsci.plugins.workflow.graph.BlockStartNode;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;

/** Reads the stages of a build out of its flow graph, in the order they began. */
final class Stages {
    private Stages() {}

    static List<StageLine> of(FlowExecution execution, boolean building) {
        List<BlockStartNode> starts = new ArrayList<>();
        Map<String, BlockEndNode<?>> ends = new HashMap<>();
        Set<String> warned = new HashSet<>();
        Deque<FlowNode> open = new ArrayDeque<>(execution.getCurrentHeads());
        Set<String> seen = new HashSet<>();
        while (!open.isEmpty()) {
            FlowNode node = open.pop();
            if (!seen.add(node.getId())) {
                continue;
            }
            open.addAll(node.getParents());
            if (node instanceof BlockStartNode start && start.getAction(LabelAction.class) != null) {
                starts.add(start);
            } else if (node instanceof BlockEndNode<?> end) {
                ends.put(end.getStartNode().getId(), end);
            }
            if (node.getAction(WarningAction.class) != null) {
                warned.add(String.valueOf(node.getEnclosingId()));
            }
        }
        starts.sort(Comparator.comparingInt(start -> Integer.parseInt(start.getId())));
        List<StageLine> lines = new ArrayList<>();
        for (BlockStartNode start : starts) {
            lines.add(line(start, ends.get(start.getId()), building, warned.contains(start.getId())));
        }
        return lines;
    }

    private static StageLine line(BlockStartNode start, FlowNode end, boolean building, boolean warned) {
        long from = TimingAction.getStartTime(start);
        long until = end == null ? System.currentTimeMillis() : TimingAction.getStartTime(end);
        String result = result(end, building, warned);
        String symbol =
                switch (result) {
                    case "RUNNING" -> "blue-anime";
                    case "FAILURE" -> "red";
                    case "UNSTABLE" -> "yellow";
                    case "ABORTED" -> "aborted";
                    default -> "blue";
                };
        return new StageLine(start.getDisplayName(), symbol, PageTexts.get(result), until - from);
    }

    private static String result(FlowNode end, boolean building, boolean warned) {
        if (end == null) {
            return building ? "RUNNING" : "ABORTED";
        }
        if (end.getError() != null) {
            return end.getError().getError() instanceof FlowInterruptedException ? "ABORTED" : "FAILURE";
        }
        return warned ? "UNSTABLE" : "SUCCESS";
    }
}
