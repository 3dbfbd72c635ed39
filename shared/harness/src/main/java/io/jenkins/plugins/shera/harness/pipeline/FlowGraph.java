package io.jenkins.plugins.shera.harness.pipeline;

import hudson.XmlFile;
import hudson.model.Result;
import hudson.model.Run;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jenkinsci.plugins.workflow.actions.ErrorAction;
import org.jenkinsci.plugins.workflow.actions.LabelAction;
import org.jenkinsci.plugins.workflow.actions.TimingAction;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.graph.BlockEndNode;
import org.jenkinsci.plugins.workflow.graph.FlowEndNode;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.graph.FlowStartNode;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;

/** The nodes of one build, oldest first, one XML file each; grows on the lane of the program, is read by anybody. */
public final class FlowGraph {
    private final FlowExecution flow;
    private final Path folder;
    private final ConcurrentSkipListMap<Integer, FlowNode> nodes = new ConcurrentSkipListMap<>();
    private final Set<FlowNode> unsaved = new LinkedHashSet<>();

    /** The graph of this flow, kept in the folder. */
    public FlowGraph(FlowExecution flow, Path folder) {
        this.flow = flow;
        this.folder = folder;
    }

    FlowExecution flow() {
        return flow;
    }

    FlowNode begin() {
        return add(new FlowStartNode(flow, nextId()));
    }

    FlowNode addAtom(StepDescriptor step, Surroundings around) {
        FlowNode node = add(new StepAtom(flow, nextId(), step.getFunctionName(), around.block(), node(around.head())));
        around.advance(node.getId());
        return node;
    }

    FlowNode addStart(StepDescriptor step, Surroundings around) {
        FlowNode node = add(new BlockStart(
                flow, nextId(), step.getFunctionName(), around.block(), false, false, node(around.head())));
        around.advance(node.getId());
        return node;
    }

    FlowNode addBodyStart(String stepNode, Surroundings around, String name, boolean branch) {
        FlowNode step = node(stepNode);
        String function = step instanceof BlockStart start ? start.function() : "body";
        FlowNode node = add(new BlockStart(flow, nextId(), function, stepNode, true, branch, step));
        if (name != null) {
            node.addAction(new LabelAction(name));
        }
        return node;
    }

    /** Notes the arguments in the name of a step, where one line says it. */
    void describe(FlowNode node, Map<String, Object> arguments) {
        if (node instanceof StepAtom atom && arguments.size() == 1) {
            Object only = arguments.values().iterator().next();
            if (only instanceof CharSequence text && text.length() <= 200) {
                atom.addAction(new ArgumentText(text.toString()));
            }
        }
    }

    void end(String id, Surroundings around, Throwable problem) {
        FlowNode node = node(id);
        if (node instanceof StepAtom atom) {
            atom.end();
            fail(atom, problem);
            changed(atom);
        } else if (node instanceof BlockStart start) {
            close(start, node(around.head()), problem);
            around.advance(String.valueOf(nodes.lastKey()));
        }
    }

    void endBody(Surroundings inside, Throwable problem) {
        if (node(inside.block()) instanceof BlockStart start) {
            close(start, node(inside.head()), problem);
        }
    }

    private void close(BlockStart start, FlowNode last, Throwable problem) {
        fail(add(new BlockEnd(flow, nextId(), start, last)), problem);
    }

    void finish(Throwable problem) {
        if (nodes.isEmpty() || nodes.lastEntry().getValue() instanceof FlowEndNode) {
            return;
        }
        FlowNode last = nodes.lastEntry().getValue();
        FlowStartNode first = (FlowStartNode) nodes.firstEntry().getValue();
        Result result = problem == null
                ? Result.SUCCESS
                : problem instanceof FlowInterruptedException stop ? stop.getResult() : Result.FAILURE;
        fail(add(new FlowEndNode(flow, nextId(), first, result, last)), problem);
    }

    private static void fail(FlowNode node, Throwable problem) {
        if (problem != null) {
            node.addAction(new ErrorAction(problem));
        }
    }

    private String nextId() {
        return String.valueOf(nodes.isEmpty() ? 2 : nodes.lastKey() + 1);
    }

    private <N extends FlowNode> N add(N node) {
        nodes.put(Integer.valueOf(node.getId()), node);
        node.addAction(new TimingAction());
        return node;
    }

    /** Remembers that a node must be written again. */
    public void changed(FlowNode node) {
        synchronized (unsaved) {
            unsaved.add(node);
        }
    }

    /** Writes what has changed. */
    public void save() throws IOException {
        List<FlowNode> now;
        synchronized (unsaved) {
            now = new ArrayList<>(unsaved);
            unsaved.clear();
        }
        if (!now.isEmpty()) {
            Files.createDirectories(folder);
        }
        for (FlowNode node : now) {
            new XmlFile(Run.XSTREAM2, new File(folder.toFile(), node.getId() + ".xml")).write(node);
        }
    }

    /** Reads all nodes back. */
    public void load() throws IOException {
        File[] files = folder.toFile().listFiles((dir, name) -> name.endsWith(".xml"));
        for (File file : files == null ? new File[0] : files) {
            FlowNode node = (FlowNode) new XmlFile(Run.XSTREAM2, file).read();
            attach(node);
            nodes.put(Integer.valueOf(node.getId()), node);
        }
    }

    private void attach(FlowNode node) {
        try {
            Field field = FlowNode.class.getDeclaredField("exec");
            field.setAccessible(true);
            field.set(node, flow);
        } catch (ReflectiveOperationException e) {
            throw new UncheckedIOException(new IOException("A node cannot be tied to its build", e));
        }
    }

    /** The node with this id, or null. */
    public FlowNode node(String id) {
        return nodes.get(Integer.valueOf(id));
    }

    /** All nodes, oldest first. */
    public Collection<FlowNode> nodes() {
        return new ArrayList<>(nodes.values());
    }

    /** The nodes that no other follows. */
    public List<FlowNode> heads() {
        Set<String> followed = new HashSet<>();
        nodes.values().forEach(node -> followed.addAll(node.getParentIds()));
        return nodes.values().stream()
                .filter(node -> !followed.contains(node.getId()))
                .toList();
    }

    /** The end of the block that this node opens, or null while it runs. */
    public FlowNode endOf(FlowNode start) {
        for (FlowNode node : nodes.tailMap(Integer.valueOf(start.getId())).values()) {
            if (node instanceof BlockEndNode<?> end && end.getStartNode() == start) {
                return end;
            }
        }
        return null;
    }
}
