package io.jenkins.plugins.shera.terminal.copy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** What an image starts where its pod says nothing or only a part of it. */
public record ImageStart(List<String> entrypoint, List<String> arguments) {
    /** Of an image that could not be asked. */
    public static final ImageStart UNKNOWN = new ImageStart(List.of(), List.of());

    /** Copies the lists. */
    public ImageStart {
        entrypoint = List.copyOf(entrypoint);
        arguments = List.copyOf(arguments);
    }

    /** As an image's configuration tells in {@code Entrypoint} and {@code Cmd}. */
    public static ImageStart of(ObjectNode container) {
        return new ImageStart(words(container, "Entrypoint"), words(container, "Cmd"));
    }

    private static List<String> words(ObjectNode container, String field) {
        List<String> words = new ArrayList<>();
        container.path(field).forEach(word -> words.add(word.asText()));
        return words;
    }

    /**
     * What runs in a container whose pod says these: a command takes the place of both of the image's, arguments alone take the place of its
     * own (Kubernetes, <em>Define a Command and Arguments for a Container</em>).
     */
    List<String> with(List<String> command, List<String> own) {
        List<String> all = new ArrayList<>(command.isEmpty() ? entrypoint : command);
        all.addAll(command.isEmpty() && own.isEmpty() ? arguments : own);
        return all;
    }
}
