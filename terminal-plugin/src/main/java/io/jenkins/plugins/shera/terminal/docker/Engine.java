package io.jenkins.plugins.shera.terminal.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.kube.exec.ExecApi;
import io.jenkins.plugins.shera.terminal.docker.EngineException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** One docker engine, asked by its API; nothing is kept open between two calls. Calls wait. */
public final class Engine {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final int MOST_LIST = 16 << 20;
    private static final int MOST_ONE = 4 << 20;
    private static final int MOST_CHANGES = 256 << 20;
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]{0,250}");
    private static final Set<String> ALWAYS_MOUNTED =
            Set.of("/proc", "/sys", "/dev", "/etc/hosts", "/etc/hostname", "/etc/resolv.conf", "/.dockerenv");

    private final EngineAddress address;
    private final EngineHttp http;

    /** {@code patience} is how long each answer, and each piece of one, is waited for. */
    public Engine(EngineAddress address, Duration patience) {
        this.address = address;
        this.http = new EngineHttp(address, CONNECT, patience);
    }

    /** What changed in a container's own layer. */
    public enum Change {
        CHANGED,
        ADDED,
        DELETED
    }

    /**
     * Names of the containers that run and bear all of these labels by their own: what an image brings along does not count, for whoever
     * makes an image could otherwise open the containers of those who use it.
     */
    public List<String> running(Map<String, String> labels) throws IOException {
        ObjectNode filters = JsonNodeFactory.instance.objectNode();
        filters.putArray("status").add("running");
        for (Map.Entry<String, String> each : labels.entrySet()) {
            filters.withArray("/label").add(each.getKey() + "=" + each.getValue());
        }
        JsonNode all =
                http.json("GET", "/containers/json?filters=" + EngineHttp.quoted(filters.toString()), null, MOST_LIST);
        Map<String, JsonNode> images = new HashMap<>();
        List<String> names = new ArrayList<>();
        for (JsonNode each : all) {
            String image = each.path("ImageID").asText();
            if (!images.containsKey(image)) {
                images.put(image, imageLabels(image));
            }
            if (isOwn(each.path("Labels"), images.get(image), labels)) {
                names.add(each.path("Names").path(0).asText().replaceFirst("^/", ""));
            }
        }
        names.sort(null);
        return names;
    }

    /** Null when the image is not there any more, so that nobody can say what it brought along. */
    private JsonNode imageLabels(String id) throws IOException {
        try {
            return image(id).path("Config").path("Labels");
        } catch (EngineException e) {
            if (e.kind() == Kind.NOT_FOUND) {
                return null;
            }
            throw e;
        }
    }

    private JsonNode image(String id) throws IOException {
        return http.json("GET", "/images/" + EngineHttp.quoted(id) + "/json", null, MOST_ONE);
    }

    private static boolean isOwn(JsonNode has, JsonNode image, Map<String, String> labels) {
        return image != null
                && labels.entrySet().stream()
                        .allMatch(each -> has.path(each.getKey()).asText().equals(each.getValue())
                                && !image.path(each.getKey()).asText().equals(each.getValue()));
    }

    /**
     * A container that runs and bears all of these labels by its own, see {@link #running}.
     *
     * @throws EngineException of kind NOT_FOUND when there is none
     */
    public EngineContainer find(String name, Map<String, String> labels) throws IOException {
        if (!NAME.matcher(name).matches()) {
            throw none(name);
        }
        JsonNode found = http.json("GET", "/containers/" + name + "/json", null, MOST_ONE);
        String imageId = found.path("Image").asText();
        JsonNode image;
        try {
            image = image(imageId);
        } catch (EngineException e) {
            throw e.kind() == Kind.NOT_FOUND ? none(name) : e;
        }
        boolean named = found.path("Name").asText().equals("/" + name);
        boolean runs = found.path("State").path("Running").asBoolean();
        if (!named
                || !runs
                || !isOwn(
                        found.path("Config").path("Labels"),
                        image.path("Config").path("Labels"),
                        labels)) {
            throw none(name);
        }
        List<String> names = new ArrayList<>();
        image.path("RepoDigests").forEach(each -> names.add(each.asText()));
        List<String> layers = new ArrayList<>();
        image.path("RootFS").path("Layers").forEach(each -> layers.add(each.asText()));
        String variant = image.path("Variant").asText("");
        try {
            return new EngineContainer(
                    found.path("Id").asText(),
                    name,
                    found.path("Config").path("Image").asText(),
                    names,
                    image.path("Os").asText() + "/" + image.path("Architecture").asText()
                            + (variant.isEmpty() ? "" : "/" + variant),
                    layers,
                    started(found),
                    mounts(found));
        } catch (DateTimeException e) {
            throw new EngineException(Kind.REFUSED, Messages._Engine_damaged(name, address.toString()), e);
        }
    }

    /**
     * What tells the start of a container that was found apart from every other one, as it is now.
     *
     * @return its mark, or empty when it does not run any more; its labels cannot have changed
     */
    public String mark(EngineContainer known) throws IOException {
        try {
            JsonNode found = http.json("GET", "/containers/" + known.id() + "/json", null, MOST_ONE);
            boolean same = found.path("Id").asText().equals(known.id())
                    && found.path("Name").asText().equals("/" + known.name())
                    && found.path("State").path("Running").asBoolean();
            return same ? EngineContainer.mark(known.id(), started(found)) : "";
        } catch (EngineException e) {
            if (e.kind() == Kind.NOT_FOUND) {
                return "";
            }
            throw e;
        } catch (DateTimeException e) {
            throw new EngineException(Kind.REFUSED, Messages._Engine_damaged(known.name(), address.toString()), e);
        }
    }

    private static Instant started(JsonNode container) {
        return Instant.parse(container.path("State").path("StartedAt").asText()).truncatedTo(ChronoUnit.MILLIS);
    }

    private EngineException none(String name) {
        return new EngineException(
                Kind.NOT_FOUND, Messages._Engine_none(name.replaceAll("[^ -~]", "?"), address.toString()));
    }

    private static Set<String> mounts(JsonNode container) {
        Set<String> mounts = new TreeSet<>(ALWAYS_MOUNTED);
        container
                .path("Mounts")
                .forEach(each -> mounts.add(each.path("Destination").asText()));
        container.path("HostConfig").path("Tmpfs").fieldNames().forEachRemaining(mounts::add);
        return mounts;
    }

    /** Commands in a container of this id. */
    public ExecApi exec(EngineContainer container) {
        return new EngineExec(http, container.id());
    }

    /** What the engine itself sees changed in a container against its image, by path. */
    public Map<String, Change> changes(EngineContainer container) throws IOException {
        TreeMap<String, Change> changes = new TreeMap<>();
        JsonNode all = http.json("GET", "/containers/" + container.id() + "/changes", null, MOST_CHANGES);
        for (JsonNode each : all) {
            int kind = each.path("Kind").asInt(-1);
            if (kind < 0
                    || kind >= Change.values().length
                    || !each.path("Path").asText().startsWith("/")) {
                throw new EngineException(Kind.REFUSED, Messages._Engine_damaged(container.name(), address.toString()));
            }
            changes.merge(
                    each.path("Path").asText(),
                    Change.values()[kind],
                    (one, other) -> one == Change.DELETED || other == Change.DELETED ? Change.DELETED : one);
        }
        return changes;
    }

    /** Whether something is at a path; takes an engine a fraction of what an archive does. */
    public boolean has(EngineContainer container, String path) throws IOException {
        try {
            http.send("HEAD", "/containers/" + container.id() + "/archive?path=" + EngineHttp.quoted(path), null)
                    .close();
            return true;
        } catch (EngineException e) {
            if (e.kind() == Kind.NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }

    /**
     * A file, or a folder with all below it, as a tar archive whose names begin with the last part of the path; links are not followed.
     */
    public EngineArchive archive(EngineContainer container, String path) throws IOException {
        return new EngineArchive(
                http.send("GET", "/containers/" + container.id() + "/archive?path=" + EngineHttp.quoted(path), null));
    }

    /** Unpacks a tar archive into a folder that is there; a file may not take the place of a folder. */
    public void unpack(EngineContainer container, String folder, InputStream tar, long length) throws IOException {
        http.send(
                        "PUT",
                        "/containers/" + container.id() + "/archive?noOverwriteDirNonDir=1&path="
                                + EngineHttp.quoted(folder),
                        tar,
                        length)
                .close();
    }

    @Override
    public String toString() {
        return address.toString();
    }
}
