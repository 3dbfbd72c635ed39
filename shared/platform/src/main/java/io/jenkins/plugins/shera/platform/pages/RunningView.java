package io.jenkins.plugins.shera.platform.pages;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.ExtensionList;
import hudson.model.Api;
import hudson.model.ModelObject;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.connection.ClusterAccess;
import io.jenkins.plugins.shera.kube.connection.ClusterClient;
import io.jenkins.plugins.shera.kube.connection.TimeLimits;
import io.jenkins.plugins.shera.kube.rollout.Observation;
import io.jenkins.plugins.shera.kube.rollout.RolloutReader;
import io.jenkins.plugins.shera.platform.Messages;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.config.KubernetesCluster;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.connection.ClusterLogin;
import io.jenkins.plugins.shera.platform.extension.ImageRecord;
import io.jenkins.plugins.shera.platform.extension.ImageRecords;
import io.jenkins.plugins.shera.platform.extension.RunningLink;
import io.jenkins.plugins.shera.platform.extension.RunningLinks;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.platform.running.RunningState;
import io.jenkins.plugins.shera.platform.schedule.Schedules;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** What runs of every application of a tenant, asked of its clusters; a cluster that is down costs its own rows only. */
@ExportedBean
public final class RunningView implements ModelObject {

    private static final Logger LOGGER = Logger.getLogger(RunningView.class.getName());
    private static final Duration LIMIT = Duration.ofSeconds(8);

    private final Tenant tenant;

    RunningView(Tenant tenant) {
        this.tenant = tenant;
    }

    /** An application in an environment: the Deployment of its name in the environment's namespace. */
    private record Place(Application application, Environment environment) {}

    private record Seen(RunningState state, List<RunningLink> links) {}

    @Override
    public String getDisplayName() {
        return Messages.RunningView_displayName();
    }

    public Api getApi() {
        return new Api(this);
    }

    /** One row for each application and environment. */
    @Exported
    public List<RunningRow> getRunning() {
        return RunningMemory.get().of(tenant.getId() + ' ' + PageTexts.language(), this::read);
    }

    private List<RunningRow> read() {
        Map<String, List<Place>> byCluster = new LinkedHashMap<>();
        for (Application application : SheraConfiguration.get().applicationsOf(tenant.getId())) {
            for (Environment environment : application.getEnvironments()) {
                byCluster
                        .computeIfAbsent(environment.getCluster(), key -> new ArrayList<>())
                        .add(new Place(application, environment));
            }
        }
        List<RunningRow> rows = new ArrayList<>();
        byCluster.forEach((cluster, places) -> rows.addAll(rows(cluster, places)));
        return rows;
    }

    private List<RunningRow> rows(String cluster, List<Place> places) {
        try {
            KubernetesCluster known = SheraConfiguration.get().cluster(cluster);
            if (known == null) {
                return unknown(places, Messages.ReferenceRules_cluster(cluster));
            }
            ClusterAccess access = known.getCredentialsId().isEmpty()
                    ? ClusterLogin.ofTenant(known, tenant)
                    : ClusterLogin.ofPlatform(known);
            List<Seen> seen = Schedules.get().within(LIMIT, cluster, () -> seen(access, places));
            List<RunningRow> rows = new ArrayList<>();
            for (int i = 0; i < places.size(); i++) {
                RunningState state = seen.get(i).state();
                rows.add(row(
                        places.get(i),
                        state,
                        quality(state.digest()),
                        seen.get(i).links()));
            }
            return rows;
        } catch (Refusal e) {
            LOGGER.log(Level.FINE, "not known what runs on " + cluster, e);
            return unknown(places, e.why());
        }
    }

    private List<Seen> seen(ClusterAccess access, List<Place> places) {
        List<Seen> seen = new ArrayList<>();
        try (ClusterClient client = ClusterClient.open(access, TimeLimits.INTERACTIVE)) {
            for (Place place : places) {
                String namespace = place.environment().getNamespace();
                String name = place.application().getName();
                RolloutReader reader = new RolloutReader(client.api(), namespace, name);
                Observation observed = reader.observe();
                seen.add(new Seen(RunningState.of(observed, reader::withClaim), links(place, observed.deployment())));
            }
            return seen;
        } catch (KubeException e) {
            // Its text may quote the cluster; who only looks at a tenant learns the sort of failure.
            throw new Refusal(
                    Refusal.Kind.UNAVAILABLE,
                    "",
                    "",
                    Messages.TenantUseView_failed(e.kind()),
                    Messages.ConnectionTests_failed_next());
        }
    }

    private List<RunningLink> links(Place place, JsonNode deployment) {
        return deployment.isObject()
                ? RunningLinks.all(tenant, place.application(), place.environment(), deployment)
                : List.of();
    }

    private String quality(String digest) {
        if (digest.isEmpty()) {
            return "";
        }
        return ExtensionList.lookup(ImageRecords.class).stream()
                .flatMap(known -> known.of(tenant.getId(), digest).stream())
                .filter(record -> record.kind() == ImageRecord.Kind.QUALITY)
                .findFirst()
                .map(ImageRecord::title)
                .orElse("");
    }

    private static List<RunningRow> unknown(List<Place> places, String why) {
        RunningState state = RunningState.unknown(why);
        return places.stream().map(place -> row(place, state, "", List.of())).toList();
    }

    private static RunningRow row(Place place, RunningState state, String quality, List<RunningLink> links) {
        return new RunningRow(place.application().getName(), place.environment().getName(), state, quality, links);
    }
}
