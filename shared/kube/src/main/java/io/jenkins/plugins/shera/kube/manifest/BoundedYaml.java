package io.jenkins.plugins.shera.kube.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.representer.Representer;

/**
 * Reads YAML of strangers into plain JSON: no class is ever made from a tag, and size, depth, aliases and the number of
 * values are bounded. Scalars mean what they mean to kubectl.
 */
public final class BoundedYaml {

    static final int LARGEST = 3 << 20;
    static final int MOST_DOCUMENTS = 500;
    private static final int DEEPEST = 60;
    private static final int MOST_ALIASES = 50;

    private BoundedYaml() {}

    /**
     * One document of a stream.
     *
     * @param number from 1
     * @param line from 1, where it begins
     */
    public record Document(int number, int line, JsonNode content) {}

    /**
     * All documents that are not empty.
     *
     * @param source named in errors, for example a file name
     * @throws ManifestException naming the document and the line
     */
    public static List<Document> read(String text, String source) throws ManifestException {
        if (text.length() > LARGEST) {
            throw new ManifestException(source + ": is larger than " + (LARGEST >> 20) + " MiB. Split it.");
        }
        LoaderOptions limits = new LoaderOptions();
        limits.setCodePointLimit(LARGEST);
        limits.setNestingDepthLimit(DEEPEST);
        limits.setMaxAliasesForCollections(MOST_ALIASES);
        limits.setAllowDuplicateKeys(false);
        limits.setAllowRecursiveKeys(false);
        limits.setTagInspector(tag -> false);
        DumperOptions unused = new DumperOptions();
        PlainValues values = new PlainValues(limits);
        Yaml yaml = new Yaml(values, new Representer(unused), unused, limits, new KubectlScalars());
        List<Document> documents = new ArrayList<>();
        int number = 1;
        try {
            for (Node node : yaml.composeAll(new StringReader(text))) {
                if (number > MOST_DOCUMENTS) {
                    throw new ManifestException(source + ": has more than " + MOST_DOCUMENTS + " documents. Split it.");
                }
                JsonNode content = values.toJson(node);
                if (!content.isNull()) {
                    documents.add(new Document(number, node.getStartMark().getLine() + 1, content));
                }
                number++;
            }
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            throw unreadable(source, number, line, e.getProblem(), e);
        } catch (YAMLException e) {
            throw unreadable(source, number, 0, e.getMessage(), e);
        } catch (StackOverflowError e) {
            throw new ManifestException(source + ": document " + number + " is nested too deeply.");
        }
        return documents;
    }

    private static ManifestException unreadable(String source, int number, int line, String why, YAMLException e) {
        String where = source + ": document " + number + (line > 0 ? ", line " + line : "");
        return new ManifestException(List.of(where + ": " + why + "."), e);
    }
}
