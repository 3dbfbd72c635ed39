package io.jenkins.plugins.shera.build.image;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.build.dockerfile.DockerfileException;
import io.jenkins.plugins.shera.build.dockerfile.Instruction;
import io.jenkins.plugins.shera.oci.image.Quoted;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The instructions that change only how a container is run. */
final class Settings {
    private final StageBuild stage;
    private final Instruction instruction;
    private final ObjectNode container;

    Settings(StageBuild stage, Instruction instruction) {
        this.stage = stage;
        this.instruction = instruction;
        this.container = stage.config().container();
    }

    void apply() throws DockerfileException {
        switch (instruction.keyword()) {
            case ENV:
                Map<String, String> environment =
                        new LinkedHashMap<>(stage.config().environment());
                environment.putAll(pairs());
                stage.config().environment(environment);
                break;
            case LABEL:
                Map<String, String> labels = new TreeMap<>(stage.config().labels());
                labels.putAll(pairs());
                stage.config().labels(labels);
                break;
            case USER:
                container.put("User", one());
                break;
            case STOPSIGNAL:
                container.put("StopSignal", one());
                break;
            case EXPOSE:
                expose();
                break;
            case VOLUME:
                volume();
                break;
            case SHELL:
                List<String> shell = instruction
                        .execForm()
                        .orElseThrow(() -> instruction.failure("SHELL takes a list: SHELL [\"/bin/sh\", \"-c\"]."));
                put("Shell", shell);
                break;
            case CMD:
                put("Cmd", command(instruction.rest()));
                stage.ownCommand();
                break;
            case ENTRYPOINT:
                put("Entrypoint", command(instruction.rest()));
                if (!stage.hasOwnCommand()) {
                    container.remove("Cmd");
                }
                break;
            case HEALTHCHECK:
                container.set("Healthcheck", new HealthCheck(instruction, stage).read());
                break;
            default:
                throw instruction.failure(instruction.keyword() + " is not taken by the daemonless builder.");
        }
    }

    /** {@code key=value ...}, or the old form of one key and the rest of the line. */
    private Map<String, String> pairs() throws DockerfileException {
        Map<String, String> pairs = new LinkedHashMap<>();
        List<String> words = instruction.words();
        if (words.get(0).indexOf('=') < 0) {
            String[] old = instruction.rest().split("\\s+", 2);
            if (old.length < 2) {
                throw instruction.failure(instruction.keyword() + " takes key=value.");
            }
            pairs.put(stage.expand(instruction, old[0]), stage.expand(instruction, old[1]));
            return pairs;
        }
        for (String word : words) {
            int equals = word.indexOf('=');
            if (equals <= 0) {
                throw instruction.failure(Quoted.of(word) + " is not key=value; put values with spaces into quotes.");
            }
            String key = stage.expand(instruction, word.substring(0, equals));
            pairs.put(key, stage.expand(instruction, word.substring(equals + 1)));
        }
        return pairs;
    }

    private String one() throws DockerfileException {
        List<String> words = instruction.words();
        String value = words.size() == 1 ? stage.expand(instruction, words.get(0)) : "";
        if (value.isEmpty()) {
            throw instruction.failure(instruction.keyword() + " takes exactly one word.");
        }
        return value;
    }

    private void expose() throws DockerfileException {
        Map<String, Boolean> ports = new TreeMap<>();
        container.path("ExposedPorts").fieldNames().forEachRemaining(port -> ports.put(port, true));
        for (String word : instruction.words()) {
            String[] parts = stage.expand(instruction, word).split("/", 2);
            String[] range = parts[0].split("-", 2);
            String protocol = parts.length == 2 ? parts[1].toLowerCase(java.util.Locale.ROOT) : "tcp";
            int first = port(range[0]);
            int last = range.length == 2 ? port(range[1]) : first;
            if (!List.of("tcp", "udp", "sctp").contains(protocol) || last < first) {
                throw instruction.failure(Quoted.of(word) + " is not a port: it is 8080, 8080/udp or 8080-8090.");
            }
            for (int port = first; port <= last; port++) {
                ports.put(port + "/" + protocol, true);
            }
        }
        ObjectNode node = container.putObject("ExposedPorts");
        ports.keySet().forEach(node::putObject);
    }

    private int port(String text) throws DockerfileException {
        if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > 65535) {
            throw instruction.failure(Quoted.of(text) + " is not a port from 1 to 65535.");
        }
        return Integer.parseInt(text);
    }

    private void volume() throws DockerfileException {
        Map<String, Boolean> volumes = new TreeMap<>();
        container.path("Volumes").fieldNames().forEachRemaining(name -> volumes.put(name, true));
        Optional<List<String>> list = instruction.execForm();
        for (String word : list.isPresent() ? list.get() : instruction.words()) {
            String path = stage.expand(instruction, word);
            if (path.isBlank()) {
                throw instruction.failure("VOLUME takes paths; this one is empty.");
            }
            volumes.put(path, true);
        }
        ObjectNode node = container.putObject("Volumes");
        volumes.keySet().forEach(node::putObject);
    }

    private List<String> command(String text) throws DockerfileException {
        Optional<List<String>> list = instruction.execForm(text);
        return list.isPresent() ? list.get() : stage.inShell(text);
    }

    private void put(String key, List<String> words) {
        ArrayNode array = container.putArray(key);
        words.forEach(array::add);
    }
}
