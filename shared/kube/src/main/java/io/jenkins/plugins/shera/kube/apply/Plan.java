package io.jenkins.plugins.shera.kube.apply;

import io.jenkins.plugins.shera.kube.api.ObjectRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What applying a set of manifests would do, in the order in which it would be done; nothing has been sent yet. */
public record Plan(List<Change> changes) {

    /** The changes the server would not take; apply nothing unless this is empty. */
    public List<Change> refusals() {
        return with(Change.Action.REFUSED);
    }

    /** The objects that are not there yet. */
    public List<ObjectRef> creations() {
        return with(Change.Action.CREATE).stream().map(Change::ref).toList();
    }

    private List<Change> with(Change.Action action) {
        return changes.stream().filter(change -> change.action() == action).toList();
    }

    /** For the log: one line per object, its diff indented below. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (Change change : changes) {
            lines.add(change.action().name().toLowerCase(Locale.ROOT) + " " + change.ref());
            change.diff().forEach(line -> lines.add("    " + line));
            if (change.refusal() != null) {
                lines.add("    " + change.refusal().getMessage());
            }
        }
        return lines;
    }
}
