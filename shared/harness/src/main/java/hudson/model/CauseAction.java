package hudson.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jenkins.model.RunAction2;

/** The causes of a build. */
public class CauseAction implements RunAction2 {
    private final Map<Cause, Integer> causeBag = new LinkedHashMap<>();

    public CauseAction(Cause... causes) {
        this(Arrays.asList(causes));
    }

    public CauseAction(Collection<? extends Cause> causes) {
        causes.forEach(cause -> causeBag.merge(cause, 1, Integer::sum));
    }

    public CauseAction(CauseAction ca) {
        causeBag.putAll(ca.causeBag);
    }

    public List<Cause> getCauses() {
        return new ArrayList<>(causeBag.keySet());
    }

    /** Causes with how often each was given. */
    public Map<Cause, Integer> getCauseCounts() {
        return Collections.unmodifiableMap(causeBag);
    }

    /** The first cause of a type, or null. */
    public <C extends Cause> C findCause(Class<C> type) {
        return causeBag.keySet().stream()
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElse(null);
    }

    @Override
    public void onAttached(Run<?, ?> owner) {
        causeBag.keySet().forEach(cause -> cause.onAddedTo(owner));
    }

    @Override
    public void onLoad(Run<?, ?> owner) {
        causeBag.keySet().forEach(cause -> cause.onLoad(owner));
    }

    @Override
    public String getDisplayName() {
        return "Cause";
    }

    @Override
    public String getIconFileName() {
        return null;
    }

    @Override
    public String getUrlName() {
        return "cause";
    }
}
