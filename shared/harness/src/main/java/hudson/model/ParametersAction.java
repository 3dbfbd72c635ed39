package hudson.model;

import hudson.EnvVars;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import jenkins.model.RunAction2;

/** What a build was given for its parameters. */
public class ParametersAction
        implements RunAction2, Iterable<ParameterValue>, Queue.QueueAction, EnvironmentContributingAction {
    private final List<ParameterValue> parameters;
    private transient Run<?, ?> run;

    public ParametersAction(List<ParameterValue> parameters) {
        this.parameters = new ArrayList<>(parameters);
    }

    public ParametersAction(ParameterValue... parameters) {
        this(Arrays.asList(parameters));
    }

    public List<ParameterValue> getParameters() {
        return Collections.unmodifiableList(parameters);
    }

    public List<ParameterValue> getAllParameters() {
        return getParameters();
    }

    /** The value of the given name, or null. */
    public ParameterValue getParameter(String name) {
        return parameters.stream()
                .filter(p -> p != null && p.getName().equals(name))
                .findFirst()
                .orElse(null);
    }

    @Override
    public Iterator<ParameterValue> iterator() {
        return getParameters().iterator();
    }

    @Override
    public void buildEnvironment(Run<?, ?> run, EnvVars env) {
        parameters.forEach(p -> p.buildEnvironment(run, env));
    }

    @Override
    public boolean shouldSchedule(List<Action> actions) {
        List<ParametersAction> others = actions.stream()
                .filter(ParametersAction.class::isInstance)
                .map(ParametersAction.class::cast)
                .toList();
        if (others.isEmpty()) {
            return !parameters.isEmpty();
        }
        return others.stream().noneMatch(other -> new HashSet<>(parameters).equals(new HashSet<>(other.parameters)));
    }

    @Override
    public void onAttached(Run<?, ?> r) {
        run = r;
    }

    @Override
    public void onLoad(Run<?, ?> r) {
        run = r;
    }

    @Override
    public String getDisplayName() {
        return "Parameters";
    }

    @Override
    public String getIconFileName() {
        return "symbol-parameters";
    }

    @Override
    public String getUrlName() {
        return "parameters";
    }
}
