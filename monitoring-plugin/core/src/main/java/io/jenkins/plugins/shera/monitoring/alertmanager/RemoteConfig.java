package io.jenkins.plugins.shera.monitoring.alertmanager;

import io.jenkins.plugins.shera.nodes.remote.Errand;
import io.jenkins.plugins.shera.nodes.remote.Machine;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.Serializable;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The configuration of one Alertmanager on another machine, done there as {@link AlertmanagerConfig} does it here: each change goes there
 * whole and ends there, whatever becomes of the connection. Alertmanager is told and asked from that machine, too.
 */
public final class RemoteConfig implements NoticeTarget {

    private final Machine machine;
    private final Place place;

    /** Nothing is done yet. */
    public RemoteConfig(Machine machine, Place place) {
        this.machine = machine;
        this.place = place;
    }

    /**
     * Where the configuration and Alertmanager are, as that machine sees it.
     *
     * @param authorization value of the Authorization header, or empty
     */
    public record Place(String file, String amtool, String url, String authorization, Duration limit)
            implements Serializable {

        private AlertmanagerConfig config() {
            return new AlertmanagerConfig(
                    Path.of(file), Path.of(amtool), new AlertmanagerClient(URI.create(url), authorization, limit));
        }

        /** Without what it is let in by. */
        @Override
        public String toString() {
            return "Place[" + file + ", " + url + "]";
        }
    }

    private record Check(Place place, AlertmanagerConfig.Wanted wanted) implements Errand<Serializable> {
        @Override
        public Serializable run() throws IOException, InterruptedException {
            place.config().check(wanted);
            return null;
        }
    }

    private record Push(Place place, AlertmanagerConfig.Wanted wanted) implements Errand<Serializable> {
        @Override
        public Serializable run() throws IOException, InterruptedException {
            place.config().push(wanted);
            return null;
        }
    }

    private record Beat(Place place, Heartbeat beat, String token) implements Errand<Serializable> {
        @Override
        public Serializable run() throws IOException, InterruptedException {
            place.config().push(beat, token);
            return null;
        }

        @Override
        public String toString() {
            return "Beat[" + place + "]";
        }
    }

    private record InForce(Place place, String tenant) implements Errand<Boolean> {
        @Override
        public Boolean run() throws IOException {
            return place.config().isInForce(tenant);
        }
    }

    private record Holds(Place place, AlertmanagerConfig.Wanted wanted) implements Errand<Boolean> {
        @Override
        public Boolean run() throws IOException {
            return place.config().holds(wanted);
        }
    }

    private record Knows(Place place, String tenant) implements Errand<Boolean> {
        @Override
        public Boolean run() throws IOException {
            return place.config().knows(tenant);
        }
    }

    @Override
    public void check(AlertmanagerConfig.Wanted wanted) throws IOException, InterruptedException {
        machine.run(new Check(place, wanted));
    }

    @Override
    public void push(AlertmanagerConfig.Wanted wanted) throws IOException, InterruptedException {
        machine.run(new Push(place, wanted));
    }

    @Override
    public void push(Heartbeat beat, String token) throws IOException, InterruptedException {
        machine.run(new Beat(place, beat, token));
    }

    @Override
    public boolean isInForce(String tenant) throws IOException {
        return ask(new InForce(place, tenant));
    }

    @Override
    public boolean holds(AlertmanagerConfig.Wanted wanted) throws IOException {
        return ask(new Holds(place, wanted));
    }

    @Override
    public boolean knows(String tenant) throws IOException {
        return ask(new Knows(place, tenant));
    }

    private boolean ask(Errand<Boolean> errand) throws IOException {
        try {
            return machine.run(errand);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while the machine of Alertmanager was asked");
        }
    }
}
