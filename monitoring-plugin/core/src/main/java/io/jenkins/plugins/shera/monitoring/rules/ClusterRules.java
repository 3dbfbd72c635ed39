package io.jenkins.plugins.shera.monitoring.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.kube.api.Kinds;
import io.jenkins.plugins.shera.kube.api.KubeApi;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.kube.connection.ClusterClient;
import io.jenkins.plugins.shera.monitoring.prometheus.PrometheusClient;
import io.jenkins.plugins.shera.monitoring.prometheus.PrometheusException;
import io.jenkins.plugins.shera.nodes.Rollover;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The rules of one Prometheus in Kubernetes, kept in an object there that it gets them from within a minute or two. */
public final class ClusterRules implements RuleTarget {

    /** A kubelet looks once a minute for what its pods mount, and may keep what it saw for another. */
    private static final Duration PROOF_LIMIT = Duration.ofMinutes(3);

    private static final Duration PAUSE = Duration.ofSeconds(3);

    private final Supplier<ClusterClient> cluster;
    private final RuleObject object;
    private final Promtool promtool;
    private final RuleProof proof;

    /** Nothing is done yet; {@code cluster} opens a connection for each work, which is closed after it. */
    public ClusterRules(Supplier<ClusterClient> cluster, RuleObject object, Path promtool, PrometheusClient server) {
        this(cluster, object, promtool, server, PROOF_LIMIT, PAUSE);
    }

    ClusterRules(
            Supplier<ClusterClient> cluster,
            RuleObject object,
            Path promtool,
            PrometheusClient server,
            Duration limit,
            Duration pause) {
        this.cluster = cluster;
        this.object = object;
        this.promtool = new Promtool(promtool);
        this.proof = new RuleProof(server, limit, pause, object.reloads());
    }

    @Override
    public void apply(List<RuleFile> rules) throws IOException, InterruptedException {
        promtool.check(rules);
        try (ClusterClient client = cluster.get()) {
            Held held = held(client.api());
            Map<String, RuleFile> after = new TreeMap<>(held.files());
            for (RuleFile each : rules) {
                if (each.rules().isEmpty()) {
                    after.remove(each.tenant());
                } else {
                    after.put(each.tenant(), each);
                }
            }
            if (held.live().isMissingNode() && after.isEmpty()) {
                return;
            }
            object.check(held.live(), after.values());
            List<RuleFile> before = rules.stream()
                    .map(each -> held.files().getOrDefault(each.tenant(), new RuleFile(each.tenant(), List.of())))
                    .toList();
            try {
                write(client.api(), held.ref(), after.values());
                proof.await(rules, "The cluster took them and Prometheus answers", object.advice());
            } catch (IOException e) {
                throw failed(e, isWritten(e) ? putBack(client.api(), held, before, e) : "");
            } catch (InterruptedException | RuntimeException e) {
                putBack(client.api(), held, before, e);
                throw e;
            }
        }
    }

    private void write(KubeApi api, ObjectRef ref, Collection<RuleFile> files) throws IOException {
        if (files.isEmpty()) {
            JsonNode live = api.find(ref).orElse(MissingNode.getInstance());
            if (object.goesWithTheLast(live)) {
                api.delete(ref, live.at("/metadata/uid").asText());
                return;
            }
        }
        ObjectNode applied = object.content(files);
        applied.put("apiVersion", ref.kind().apiVersion())
                .put("kind", ref.kind().kind());
        applied.withObject("/metadata").put("name", ref.name()).put("namespace", ref.namespace());
        api.applyPart(ref, applied, RuleObject.PART, false, false);
    }

    /** A cluster that said no kept nothing; of one that did not answer nobody knows. */
    private static boolean isWritten(IOException e) {
        return !(e instanceof KubeException said) || said.kind().isPassing();
    }

    private static IOException failed(IOException e, String putBack) {
        boolean refused = e instanceof Rollover.RefusedException
                || e instanceof PrometheusException said && said.isRefused()
                || !isWritten(e);
        IOException told = refused
                ? new Rollover.RefusedException(e.getMessage() + putBack)
                : new IOException(e.getMessage() + putBack);
        told.initCause(e);
        return told;
    }

    private String putBack(KubeApi api, Held held, List<RuleFile> before, Exception first) {
        try {
            write(api, held.ref(), held.files().values());
        } catch (IOException e) {
            first.addSuppressed(e);
            return " The old rules could not be applied back to " + held.ref() + ": " + e.getMessage();
        }
        try {
            proof.await(before, "The old rules were applied back and Prometheus answers", object.advice());
            return " The old rules were applied back to " + held.ref() + " and are in force.";
        } catch (IOException e) {
            first.addSuppressed(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return " The old rules were applied back to " + held.ref()
                + ", but Prometheus was not seen to evaluate them yet.";
    }

    @Override
    public void check(RuleFile rules) throws IOException, InterruptedException {
        promtool.check(List.of(rules));
    }

    @Override
    public List<AlertRule> stored(String tenant) throws IOException {
        try (ClusterClient client = cluster.get()) {
            RuleFile file = held(client.api()).files().get(tenant);
            return file == null ? List.of() : file.rules();
        }
    }

    @Override
    public Set<String> tenants() throws IOException {
        try (ClusterClient client = cluster.get()) {
            return held(client.api()).files().keySet().stream()
                    .filter(each -> RuleFile.tenantOf(RuleFile.fileName(each)).isPresent())
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private record Held(ObjectRef ref, JsonNode live, Map<String, RuleFile> files) {}

    private Held held(KubeApi api) throws IOException {
        ObjectRef ref = object.ref(new Kinds(api));
        JsonNode live = api.find(ref).orElse(MissingNode.getInstance());
        Map<String, RuleFile> files = new TreeMap<>();
        object.ours(live).forEach(each -> files.put(each.tenant(), each));
        return new Held(ref, live, files);
    }
}
