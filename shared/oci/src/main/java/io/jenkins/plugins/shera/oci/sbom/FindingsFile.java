package io.jenkins.plugins.shera.oci.sbom;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.oci.image.Json;
import io.jenkins.plugins.shera.oci.layer.TarEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The form in which the findings of a layer are kept. */
final class FindingsFile {
    private static final int FORM = 1;

    private FindingsFile() {}

    static byte[] write(LayerFindings findings) {
        ObjectNode json = Json.object().put("form", FORM);
        ArrayNode marks = json.putArray("marks");
        for (TarEntry mark : findings.marks()) {
            marks.addArray().add(mark.kind().name()).add(mark.name()).add(mark.link());
        }
        ObjectNode found = json.putObject("found");
        findings.found().forEach((path, one) -> found.set(path, write(one)));
        return Json.write(json);
    }

    private static ObjectNode write(Findings one) {
        ObjectNode json = Json.object();
        ArrayNode artifacts = json.putArray("artifacts");
        for (Artifact a : one.artifacts()) {
            texts(artifacts.addArray(), a.location(), a.group(), a.name(), a.version(), a.sha1(), a.sha256());
        }
        ArrayNode packages = json.putArray("packages");
        for (SystemPackage p : one.packages()) {
            texts(packages.addArray(), p.type(), p.name(), p.version(), p.architecture(), p.source());
        }
        ObjectNode system = json.putObject("system");
        new TreeMap<>(one.system()).forEach(system::put);
        texts(json.putArray("unread"), one.unread().toArray(new String[0]));
        return json;
    }

    private static void texts(ArrayNode into, String... texts) {
        for (String text : texts) {
            into.add(text);
        }
    }

    static LayerFindings read(byte[] content) throws IOException {
        ObjectNode json = Json.read(content, "findings of a layer");
        if (json.path("form").asInt() != FORM) {
            throw new IOException("The findings of a layer are of another version.");
        }
        List<TarEntry> marks = new ArrayList<>();
        Map<String, Findings> found = new TreeMap<>();
        try {
            for (JsonNode mark : json.path("marks")) {
                TarEntry.Kind kind = TarEntry.Kind.valueOf(text(mark, 0));
                marks.add(TarEntry.kept(text(mark, 1), kind, text(mark, 2)));
            }
        } catch (IllegalArgumentException e) {
            throw new IOException("The findings of a layer are damaged.", e);
        }
        json.path("found").fields().forEachRemaining(field -> found.put(field.getKey(), one(field.getValue())));
        return new LayerFindings(marks, found);
    }

    private static Findings one(JsonNode json) {
        List<Artifact> artifacts = new ArrayList<>();
        for (JsonNode a : json.path("artifacts")) {
            artifacts.add(new Artifact(text(a, 0), text(a, 1), text(a, 2), text(a, 3), text(a, 4), text(a, 5)));
        }
        List<SystemPackage> packages = new ArrayList<>();
        for (JsonNode p : json.path("packages")) {
            packages.add(new SystemPackage(text(p, 0), text(p, 1), text(p, 2), text(p, 3), text(p, 4)));
        }
        Map<String, String> system = new LinkedHashMap<>();
        json.path("system")
                .fields()
                .forEachRemaining(
                        field -> system.put(field.getKey(), field.getValue().asText()));
        List<String> unread = new ArrayList<>();
        json.path("unread").forEach(why -> unread.add(why.asText()));
        return new Findings(artifacts, packages, system, unread);
    }

    private static String text(JsonNode list, int index) {
        return list.path(index).asText("");
    }
}
