package io.jenkins.plugins.shera.deploy.config;

import hudson.Extension;
import hudson.ExtensionList;
import io.jenkins.plugins.shera.deploy.apm.Agent;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jenkins.model.GlobalConfiguration;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundSetter;

/** The agents applications can be switched to; configuration as code knows it as {@code sheraApm}. */
@Extension
@Symbol("sheraApm")
public class ApmConfiguration extends GlobalConfiguration {
    private List<ApmAgent> agents = new ArrayList<>();

    /** Reads what was saved. */
    public ApmConfiguration() {
        load();
    }

    /** The one instance. */
    public static ApmConfiguration get() {
        return ExtensionList.lookupSingleton(ApmConfiguration.class);
    }

    public synchronized List<ApmAgent> getAgents() {
        return List.copyOf(agents);
    }

    /** Replaces them all; needs SheRa/Administer. */
    @DataBoundSetter
    public synchronized void setAgents(List<ApmAgent> wanted) {
        Jenkins.get().checkPermission(SheraPermissions.ADMINISTER);
        List<ApmAgent> checked = wanted == null ? new ArrayList<>() : new ArrayList<>(wanted);
        Set<String> seen = new HashSet<>();
        for (ApmAgent agent : checked) {
            try {
                AgentRules.check(agent);
            } catch (IllegalArgumentException e) {
                throw Refusal.input(agent.getName(), e.getMessage(), Messages.ApmConfiguration_next());
            }
            if (!seen.add(agent.getName())) {
                throw Refusal.input(
                        agent.getName(), Messages.ApmConfiguration_twice(), Messages.ApmConfiguration_twice_next());
            }
        }
        agents = checked;
        save();
    }

    /** The agents of a tenant, its collector and sampling filled in; none whose collector it has not. */
    public List<Agent> of(String tenant) {
        return offers(tenant).stream().map(each -> AgentRules.of(each, tenant)).toList();
    }

    /** The agents a tenant may use, as they are configured. */
    public List<ApmAgent> offers(String tenant) {
        return getAgents().stream()
                .filter(each -> !AgentRules.lacksCollector(each, tenant))
                .toList();
    }

    /** The address of an application of a tenant in the APM of this agent; empty when there is none. */
    public String page(String agent, String tenant, Map<String, String> words) {
        return getAgents().stream()
                .filter(each -> each.getName().equals(agent))
                .map(each -> each.pageOf(tenant))
                .filter(each -> !each.isEmpty())
                .map(each -> AgentRules.page(each, words))
                .findFirst()
                .orElse("");
    }
}
