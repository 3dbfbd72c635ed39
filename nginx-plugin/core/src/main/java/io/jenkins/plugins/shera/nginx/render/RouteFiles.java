package io.jenkins.plugins.shera.nginx.render;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.jenkins.plugins.shera.nginx.edits.Edits;
import io.jenkins.plugins.shera.nginx.language.Directive;
import io.jenkins.plugins.shera.nginx.language.Emitter;
import io.jenkins.plugins.shera.nginx.model.Route;
import io.jenkins.plugins.shera.nginx.model.RouteSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The files of a node: {@code routes.json}, the intent, which stays with the node and is read back before every change;
 * {@code edits.json}, what hands made of it, where they did; {@code routes.conf}, what nginx reads; {@code weights.conf}, which leads to the {@link WeightFiles};
 * {@code live.conf}, the upstreams whose members change without reload, where there are any; {@code version.conf}, by which the workers tell what they serve.
 */
public final class RouteFiles {
    /** The file whose fingerprint the workers tell. */
    public static final String PROOF = "routes.conf";

    /** The file of upstreams whose members change without reload. */
    public static final String LIVE = "live.conf";

    private static final String INTENT = "routes.json";
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private RouteFiles() {}

    /**
     * Renders the set; the same routes give the same bytes.
     *
     * @param weights absolute pattern of the weights' own files
     */
    public static SortedMap<String, byte[]> render(RouteSet routes, int versionPort, String weights) {
        return render(routes, versionPort, weights, null);
    }

    /**
     * The same for a node that has files of people, too.
     *
     * @param site absolute pattern of those files, null where there are none
     */
    public static SortedMap<String, byte[]> render(RouteSet routes, int versionPort, String weights, String site) {
        return render(routes, new Places(versionPort, weights, site, ""), Edits.NONE);
    }

    /**
     * Where on a node everything else is.
     *
     * @param versionPort of the loopback address, where the workers tell what they serve
     * @param weights absolute pattern of the weights' own files
     * @param site absolute pattern of the files of people, null where there are none
     * @param folder absolute folder of ours, with certificates and password files
     */
    public record Places(int versionPort, String weights, String site, String folder) {}

    /**
     * The same with what hands made of it.
     *
     * @param edits made to what is {@link #generated} of these routes
     */
    public static SortedMap<String, byte[]> render(RouteSet routes, Places places, Edits edits) {
        SortedMap<String, byte[]> files = new TreeMap<>();
        String generated = generated(routes, places.folder());
        files.put(PROOF, bytes(edits.isNone() ? generated : edits.lying(generated)));
        if (!edits.isNone()) {
            files.put(Edits.FILE, edits.bytes());
        }
        files.put("weights.conf", bytes(Emitter.emit(List.of(Directive.of("include", places.weights())))));
        boolean site = places.site() != null;
        if (site) {
            files.put("site.conf", bytes(Emitter.emit(List.of(Directive.of("include", places.site())))));
        }
        try {
            files.put(INTENT, JSON.writeValueAsBytes(List.copyOf(routes.routes())));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("routes hold only names and numbers", e);
        }
        files.put(
                "version.conf",
                bytes(Emitter.emit(List.of(
                        version(fingerprint(files), places.versionPort(), site, LiveUpstreams.areIn(routes))))));
        if (LiveUpstreams.areIn(routes)) {
            files.put(LIVE, bytes(Emitter.emit(LiveUpstreams.of(routes, places.folder()))));
        }
        return files;
    }

    /** What nginx reads of these routes before any hand edits it; {@code folder} is the absolute one of ours. */
    public static String generated(RouteSet routes, String folder) {
        return Emitter.emit(Servers.of(routes, folder));
    }

    /**
     * The routes that lie on a node; none where the intent file is missing.
     *
     * @throws IOException if the file is there and cannot be understood: then nothing may be written over it
     */
    public static RouteSet read(Map<String, byte[]> files) throws IOException {
        byte[] intent = files.get(INTENT);
        return RouteSet.of(intent == null ? List.of() : List.of(JSON.readValue(intent, Route[].class)));
    }

    /** What the version endpoint answers once the workers serve these files. */
    public static String fingerprint(Map<String, byte[]> files) {
        return Fingerprint.of(files.get(PROOF));
    }

    private static Directive version(String fingerprint, int port, boolean site, boolean live) {
        List<Directive> server = new ArrayList<>(List.of(
                Directive.of("listen", "127.0.0.1:" + port),
                Directive.of("access_log", "off"),
                // Each answer on a new connection: one kept alive would be answered by a worker that is
                // leaving.
                Directive.of("keepalive_timeout", "0"),
                Directive.of("default_type", "text/plain"),
                // The map of the weights names both, also while there is no route.
                Directive.set("$shera_route", ""),
                Directive.set("$shera_stable", ""),
                Directive.block("location", List.of("/"), List.of(Directive.of("return", "200", fingerprint))),
                Directive.block(
                        "location",
                        List.of("=", "/weights"),
                        List.of(Directive.withExpression("return", List.of("200"), "$shera_weights")))));
        if (site) {
            server.add(Directive.block(
                    "location",
                    List.of("=", "/site"),
                    List.of(Directive.withExpression("return", List.of("200"), "$shera_site"))));
        }
        if (live) {
            server.add(LiveUpstreams.door());
        }
        return Directive.block("server", List.of(), server);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
