package io.jenkins.plugins.shera.harness.pipeline;

import groovy.lang.Closure;
import hudson.AbortException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The pipeline or a stage of a declarative script, read and checked as a whole before anything of it runs. */
public final class DeclarativeBlock implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final Set<String> OF_PIPELINE =
            Set.of("agent", "environment", "options", "parameters", "stages", "post");
    private static final Set<String> OF_STAGE = Set.of(
            "agent", "environment", "failFast", "input", "options", "parallel", "post", "stages", "steps", "when");
    private static final Set<String> OPTIONS =
            Set.of("timeout", "retry", "disableConcurrentBuilds", "skipDefaultCheckout");
    private static final Set<String> CONDITIONS =
            Set.of("branch", "expression", "environment", "not", "allOf", "anyOf");
    private static final List<String> POST = List.of(
            "always",
            "changed",
            "fixed",
            "regression",
            "aborted",
            "failure",
            "success",
            "unstable",
            "unsuccessful",
            "cleanup");

    private final String name;
    private final LinkedHashMap<String, DeclarativeEntry> sections = new LinkedHashMap<>();
    private final ArrayList<DeclarativeBlock> children = new ArrayList<>();
    private final ArrayList<DeclarativeEntry> options = new ArrayList<>();
    private final ArrayList<DeclarativeEntry> parameters = new ArrayList<>();
    private final ArrayList<DeclarativeEntry> when = new ArrayList<>();

    private DeclarativeBlock(String name, Closure<?> body, Object script, Set<String> allowed) throws AbortException {
        this.name = name;
        String where = name.isEmpty() ? "pipeline" : "stage '" + name + "'";
        for (DeclarativeEntry entry : DeclarativeCollector.calls(body, script)) {
            check(where, "section", entry.getName(), allowed);
            if (sections.put(entry.getName(), entry) != null) {
                throw new AbortException("Section '" + entry.getName() + "' stands twice in " + where);
            }
        }
        read("options", options, "option", OPTIONS, script);
        read("when", when, "condition", CONDITIONS, script);
        if (has("parameters")) {
            for (DeclarativeEntry entry : DeclarativeCollector.calls(closure("parameters"), script)) {
                parameters.add(new DeclarativeEntry(entry.getName(), StepNames.call(entry.getName(), entry.all())));
            }
        }
        if (has("post")) {
            postConditions(closure("post"), script);
        }
        readStages(has("parallel") ? "parallel" : "stages", where, script);
    }

    private void read(String section, List<DeclarativeEntry> into, String what, Set<String> known, Object script)
            throws AbortException {
        if (has(section)) {
            for (DeclarativeEntry entry : DeclarativeCollector.calls(closure(section), script)) {
                check(section, what, entry.getName(), known);
                into.add(entry);
            }
        }
    }

    private void readStages(String section, String where, Object script) throws AbortException {
        if (has(section)) {
            for (DeclarativeEntry entry : DeclarativeCollector.calls(closure(section), script)) {
                check(section, "section", entry.getName(), Set.of("stage"));
                Object[] all = entry.all();
                if (all.length != 2 || !(all[1] instanceof Closure<?> body)) {
                    throw new AbortException("A stage needs a name and a body in " + where);
                }
                children.add(new DeclarativeBlock(String.valueOf(all[0]), body, script, OF_STAGE));
            }
        }
        boolean leaf = has("steps");
        if (children.isEmpty() && !leaf) {
            throw new AbortException(
                    name.isEmpty()
                            ? "Missing required section 'stages' in pipeline"
                            : "Nothing to execute within " + where);
        }
    }

    private static void check(String where, String what, String name, Set<String> known) throws AbortException {
        if (!known.contains(name)) {
            throw new AbortException("Unknown " + what + " '" + name + "' in " + where + ": known are "
                    + String.join(", ", new TreeSet<>(known)));
        }
    }

    /** Reads the whole pipeline. */
    public static DeclarativeBlock pipeline(Closure<?> body, Object script) throws AbortException {
        DeclarativeBlock top = new DeclarativeBlock("", body, script, OF_PIPELINE);
        if (!top.has("agent")) {
            throw new AbortException("Missing required section 'agent' in pipeline");
        }
        return top;
    }

    /** The variables of an environment section, in their order; none for null. */
    public static List<DeclarativeEntry> assignments(Closure<?> body, Object script) {
        return body == null ? List.of() : DeclarativeCollector.assignments(body, script);
    }

    /** The conditions inside not, allOf or anyOf. */
    public static List<DeclarativeEntry> conditions(Closure<?> body, Object script) throws AbortException {
        List<DeclarativeEntry> all = new ArrayList<>(DeclarativeCollector.calls(body, script));
        for (DeclarativeEntry entry : all) {
            check("when", "condition", entry.getName(), CONDITIONS);
        }
        return all;
    }

    /** The conditions of a post section, in the order in which they run. */
    public static List<DeclarativeEntry> postConditions(Closure<?> body, Object script) throws AbortException {
        List<DeclarativeEntry> all = new ArrayList<>(DeclarativeCollector.calls(body, script));
        for (DeclarativeEntry entry : all) {
            check("post", "condition", entry.getName(), Set.copyOf(POST));
        }
        all.sort(java.util.Comparator.comparingInt(entry -> POST.indexOf(entry.getName())));
        return all;
    }

    public String getName() {
        return name;
    }

    /** Whether the section is there. */
    public boolean has(String section) {
        return sections.containsKey(section);
    }

    /** The body of the section, or null. */
    public Closure<?> closure(String section) {
        DeclarativeEntry entry = sections.get(section);
        return entry == null ? null : (Closure<?>) entry.getArgument();
    }

    /** What follows the name of the section. */
    public Object argument(String section) {
        Object argument = sections.get(section).getArgument();
        if (!(argument instanceof Closure<?> body)) {
            return argument;
        }
        Map<String, Object> named = new LinkedHashMap<>();
        DeclarativeCollector.calls(body, null).forEach(call -> named.put(call.getName(), call.getArgument()));
        return named;
    }

    /** Whether the section or option of this name is on. */
    public boolean flag(String flag) {
        DeclarativeEntry entry = sections.get(flag);
        return entry != null && Boolean.TRUE.equals(entry.getArgument())
                || options.stream().anyMatch(option -> option.getName().equals(flag));
    }

    public List<DeclarativeBlock> stages() {
        return new ArrayList<>(children);
    }

    /** The stages that run side by side. */
    public List<DeclarativeBlock> branches() {
        return stages();
    }

    public List<DeclarativeEntry> options() {
        return new ArrayList<>(options);
    }

    public List<Object> parameters() {
        return new ArrayList<>(Arrays.asList(
                parameters.stream().map(DeclarativeEntry::getArgument).toArray()));
    }

    public List<DeclarativeEntry> when() {
        return new ArrayList<>(when);
    }

    /** Whether the block asks for a machine. */
    public boolean needsNode() {
        return has("agent") && !"none".equals(sections.get("agent").getArgument());
    }

    /** The label of the machine, or null for any. */
    public String label() {
        Object agent = sections.get("agent").getArgument();
        if (agent instanceof Closure<?> body) {
            for (DeclarativeEntry entry : DeclarativeCollector.calls(body, null)) {
                if (entry.getName().equals("label") || entry.getName().equals("node")) {
                    return String.valueOf(entry.getArgument());
                }
            }
        }
        return agent instanceof Map<?, ?> map && map.get("label") != null
                ? map.get("label").toString()
                : null;
    }
}
