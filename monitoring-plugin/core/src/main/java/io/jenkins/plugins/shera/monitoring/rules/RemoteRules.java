package io.jenkins.plugins.shera.monitoring.rules;

import io.jenkins.plugins.shera.monitoring.prometheus.PrometheusClient;
import io.jenkins.plugins.shera.nodes.remote.Errand;
import io.jenkins.plugins.shera.nodes.remote.Machine;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.Serializable;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The rules of one Prometheus server on another machine, done there as {@link PrometheusRules} does them here: each change goes there whole
 * and ends there, whatever becomes of the connection. The server is told and asked from that machine, too.
 */
public final class RemoteRules implements RuleTarget {

    private final Machine machine;
    private final Place place;

    /** Nothing is done yet. */
    public RemoteRules(Machine machine, Place place) {
        this.machine = machine;
        this.place = place;
    }

    /**
     * Where the rules and the server are, as that machine sees it.
     *
     * @param authorization value of the Authorization header, or empty
     * @param org tenant of a Mimir or Cortex, or empty
     */
    public record Place(String folder, String promtool, String url, String authorization, String org, Duration limit)
            implements Serializable {

        private PrometheusRules rules() {
            return new PrometheusRules(
                    Path.of(folder),
                    Path.of(promtool),
                    new PrometheusClient(URI.create(url), authorization, org, limit));
        }

        /** Without what it is let in by. */
        @Override
        public String toString() {
            return "Place[" + folder + ", " + url + "]";
        }
    }

    private record Apply(Place place, ArrayList<RuleFile> rules) implements Errand<Serializable> {
        @Override
        public Serializable run() throws IOException, InterruptedException {
            place.rules().apply(rules);
            return null;
        }
    }

    private record Check(Place place, RuleFile rules) implements Errand<Serializable> {
        @Override
        public Serializable run() throws IOException, InterruptedException {
            place.rules().check(rules);
            return null;
        }
    }

    private record Stored(Place place, String tenant) implements Errand<ArrayList<AlertRule>> {
        @Override
        public ArrayList<AlertRule> run() throws IOException {
            return new ArrayList<>(place.rules().stored(tenant));
        }
    }

    private record Tenants(Place place) implements Errand<TreeSet<String>> {
        @Override
        public TreeSet<String> run() throws IOException {
            return new TreeSet<>(place.rules().tenants());
        }
    }

    @Override
    public void apply(List<RuleFile> rules) throws IOException, InterruptedException {
        machine.run(new Apply(place, new ArrayList<>(rules)));
    }

    @Override
    public void check(RuleFile rules) throws IOException, InterruptedException {
        machine.run(new Check(place, rules));
    }

    @Override
    public List<AlertRule> stored(String tenant) throws IOException {
        return ask(new Stored(place, tenant));
    }

    @Override
    public Set<String> tenants() throws IOException {
        return ask(new Tenants(place));
    }

    private <T> T ask(Errand<T> errand) throws IOException {
        try {
            return machine.run(errand);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while the machine of Prometheus was asked");
        }
    }
}
