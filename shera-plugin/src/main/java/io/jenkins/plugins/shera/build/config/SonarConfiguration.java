package io.jenkins.plugins.shera.build.config;

import hudson.Extension;
import hudson.ExtensionList;
import io.jenkins.plugins.shera.build.sonar.SonarAddress;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.input.Names;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import jenkins.model.GlobalConfiguration;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundSetter;

/** All SonarQube servers; configuration as code knows it as {@code sheraSonar}. */
@Extension
@Symbol("sheraSonar")
public class SonarConfiguration extends GlobalConfiguration {
    private List<SonarServer> servers = new ArrayList<>();

    /** Reads what was saved. */
    public SonarConfiguration() {
        load();
    }

    /** The one instance. */
    public static SonarConfiguration get() {
        return ExtensionList.lookupSingleton(SonarConfiguration.class);
    }

    public synchronized List<SonarServer> getServers() {
        return List.copyOf(servers);
    }

    /** Replaces them all; needs SheRa/Administer. */
    @DataBoundSetter
    public synchronized void setServers(List<SonarServer> wanted) {
        Jenkins.get().checkPermission(SheraPermissions.ADMINISTER);
        List<SonarServer> checked = wanted == null ? new ArrayList<>() : new ArrayList<>(wanted);
        Set<String> ids = new HashSet<>();
        for (SonarServer server : checked) {
            Names.label("id", server.getId());
            SonarAddress.check(server.getUrl());
            if (!ids.add(server.getId())) {
                throw Refusal.input(
                        server.getId(), Messages.SonarConfiguration_twice(), Messages.SonarConfiguration_twice_next());
            }
        }
        servers = checked;
        save();
    }

    /** The server of this id, whoever may use it; for the webhook. */
    public Optional<SonarServer> server(String id) {
        return getServers().stream().filter(each -> each.getId().equals(id)).findFirst();
    }

    /** The servers a tenant may use. */
    public List<SonarServer> serversOf(String tenant) {
        return getServers().stream().filter(each -> each.serves(tenant)).toList();
    }

    /** The server of this id, or the only one when it is null; others than the tenant's are as good as absent. */
    public SonarServer serverFor(String id, String tenant) {
        List<SonarServer> open = serversOf(tenant);
        if (id == null && open.size() == 1) {
            return open.get(0);
        }
        return open.stream()
                .filter(each -> each.getId().equals(id))
                .findFirst()
                .orElseThrow(() -> Refusal.unknown(
                        id == null ? "server" : "server " + id,
                        Messages.SonarConfiguration_unknown(tenant, open.size()),
                        Messages.SonarConfiguration_unknown_next()));
    }
}
