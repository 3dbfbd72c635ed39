package io.jenkins.plugins.shera.deploy.running;

import io.jenkins.plugins.shera.deploy.pod.PodPart;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** What an application runs with now, as a deployment would say it; what is secret in it is named and never held. */
public final class Running {

    private final RunningReader reader;

    Running(RunningReader reader) {
        this.reader = reader;
    }

    /** As the Deployment names it. */
    public String image() {
        return reader.image;
    }

    /** The number of pods; null where an autoscaler owns it or the application sleeps. */
    public Integer replicas() {
        return reader.replicas;
    }

    /** Where the program listens, 0 for none. */
    public int port() {
        return reader.port;
    }

    /** Path of a readiness probe that is as usual, or empty. */
    public String probePath() {
        return reader.probePath;
    }

    /** CPU and memory, maxSurge, maxUnavailable and minReadySeconds, where they are said. */
    public Map<String, String> plain() {
        return new TreeMap<>(reader.plain);
    }

    /** Variables that can be shown. */
    public Map<String, String> env() {
        return new TreeMap<>(reader.env);
    }

    /** Variables of which only the name is shown, though they stand in the Deployment as they are. */
    public List<String> hidden() {
        return List.copyOf(reader.hidden.keySet());
    }

    /** Value of a variable that is not shown; null when there is none. */
    public String hidden(String name) {
        return reader.hidden.get(name);
    }

    /** Variables and paths of files that come from the application's own Secret. */
    public List<String> secrets() {
        return List.copyOf(new TreeSet<>(reader.secrets.keySet()));
    }

    /** Ids of the credentials that secrets were made from, by what deployments call them, as far as it was written down. */
    public Map<String, String> credentials() {
        return new TreeMap<>(reader.credentials);
    }

    /** Contents by path. */
    public Map<String, String> configFiles() {
        return new TreeMap<>(reader.configFiles);
    }

    /** Each by the words of {@code volume(...)}. */
    public List<Map<String, String>> volumes() {
        return List.copyOf(reader.volumes);
    }

    /** Numbers of the other ports by name. */
    public Map<String, String> ports() {
        return new TreeMap<>(reader.ports);
    }

    /** Names of middleware by what its variables begin with. */
    public Map<String, String> bind() {
        return new TreeMap<>(reader.bind);
    }

    /** The parts of its pods. */
    public List<PodPart> pod() {
        return List.copyOf(reader.pod);
    }

    /** What no deployment can say and would take away, by the name of its field. */
    public List<String> unsaid() {
        return List.copyOf(new TreeSet<>(reader.unsaid));
    }

    /** Whether there is something that goes away when a deployment does not name it. */
    public boolean holdsMore() {
        return !reader.configFiles.isEmpty()
                || !reader.secrets.isEmpty()
                || !reader.volumes.isEmpty()
                || !reader.bind.isEmpty();
    }
}
