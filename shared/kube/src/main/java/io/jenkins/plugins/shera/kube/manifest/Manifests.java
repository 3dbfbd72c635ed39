package io.jenkins.plugins.shera.kube.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** Reads manifests from YAML text: several documents, lists flattened, every error with document and line. */
public final class Manifests {

    private Manifests() {}

    /**
     * All objects of the text.
     *
     * @param source named in errors, for example a file name
     * @throws ManifestException with every problem that was found
     */
    public static List<Manifest> read(String text, String source) throws ManifestException {
        List<Manifest> found = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (BoundedYaml.Document document : BoundedYaml.read(text, source)) {
            String where = source + ": document " + document.number() + ", line " + document.line();
            add(document.content(), where, found, problems);
        }
        if (!problems.isEmpty()) {
            throw new ManifestException(problems, null);
        }
        if (found.isEmpty()) {
            throw new ManifestException(source + ": has no Kubernetes object. Give at least one.");
        }
        return found;
    }

    private static void add(JsonNode content, String where, List<Manifest> found, List<String> problems) {
        if (!(content instanceof ObjectNode object)) {
            problems.add(where + ": is not an object with apiVersion, kind and metadata.");
            return;
        }
        if (object.path("kind").asText("").endsWith("List")
                && object.path("items").isArray()) {
            int index = 0;
            for (JsonNode item : object.path("items")) {
                add(item, where + ", item " + ++index, found, problems);
            }
            return;
        }
        Manifest manifest = new Manifest(where, object);
        String missing = missing(manifest);
        if (missing.isEmpty()) {
            found.add(manifest);
        } else {
            problems.add(where + ": has no " + missing + ". Add it.");
        }
    }

    private static String missing(Manifest manifest) {
        if (manifest.apiVersion().isEmpty()) {
            return "apiVersion";
        }
        if (manifest.kind().isEmpty()) {
            return "kind";
        }
        if (manifest.name().isEmpty()) {
            boolean generated = manifest.content().path("metadata").has("generateName");
            return "metadata.name" + (generated ? " (generateName would make a new object each time)" : "");
        }
        return "";
    }
}
