package io.jenkins.plugins.shera.monitoring.rules;

import java.io.IOException;
import java.util.List;
import java.util.Set;

/** Where the rules of one server are kept and from where they come into force. */
public interface RuleTarget {

    /**
     * Puts the rules of several tenants in force beside those of the others, and sees that they are; or everything is as it was.
     *
     * @throws io.jenkins.plugins.shera.nodes.Rollover.RefusedException when somebody said no; what was in force is in force again
     */
    void apply(List<RuleFile> rules) throws IOException, InterruptedException;

    /** Asks promtool alone: nothing is put in force. */
    void check(RuleFile rules) throws IOException, InterruptedException;

    /** The rules of a tenant that are kept there now. */
    List<AlertRule> stored(String tenant) throws IOException;

    /** Whether a tenant's rules, which are kept there, lie where they would be put today. */
    default boolean isPlaced(RuleFile rules) throws IOException {
        return true;
    }

    /** The tenants whose rules are kept there now, also those that are no more. */
    Set<String> tenants() throws IOException;
}
