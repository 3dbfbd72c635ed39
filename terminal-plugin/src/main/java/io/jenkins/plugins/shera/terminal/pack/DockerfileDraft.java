package io.jenkins.plugins.shera.terminal.pack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.shera.oci.layer.TarEntry;
import java.util.Collection;
import java.util.List;

/**
 * Says as a Dockerfile what was done by hand, so that it goes back to the source; the files are expected below {@code files/}.
 * It is a draft: names and words are quoted as JSON, which COPY, RUN and ENTRYPOINT take.
 */
final class DockerfileDraft {
    private static final ObjectMapper JSON = new ObjectMapper();

    private DockerfileDraft() {}

    static String of(String origin, Collection<TarEntry> entries, List<String> deletions, PackOrder order) {
        StringBuilder text = new StringBuilder(
                "# Draft: what was done by hand in " + order.hand().source() + ".\n"
                        + "# Put the files below files/ as they lie in the container, and look at each line.\nFROM "
                        + origin + "\n");
        for (TarEntry entry : entries) {
            String path = "/" + entry.name();
            if (entry.attributes().containsKey(Spool.CAPABILITY)) {
                text.append(
                        "# The next file has capabilities, which COPY does not bring along: see getcap, and add RUN setcap.\n");
            }
            switch (entry.kind()) {
                case FILE, HARD_LINK ->
                    text.append("COPY --chown=" + entry.userId() + ":" + entry.groupId() + " --chmod="
                            + String.format("%04o ", entry.mode()) + json(List.of("files" + path, path)) + "\n");
                case SYMLINK -> text.append("RUN " + json(List.of("ln", "-sfn", entry.link(), path)) + "\n");
                default ->
                    text.append("RUN "
                            + json(List.of(
                                    "install",
                                    "-d",
                                    "-m",
                                    String.format("%04o", entry.mode()),
                                    "-o",
                                    "" + entry.userId(),
                                    "-g",
                                    "" + entry.groupId(),
                                    path))
                            + "\n");
            }
        }
        for (String gone : deletions) {
            text.append("RUN " + json(List.of("rm", "-rf", "/" + gone)) + "\n");
        }
        order.environment()
                .forEach((name, value) ->
                        text.append("ENV " + name + "=" + json(value).replace("$", "\\$") + "\n"));
        if (order.entrypoint() != null) {
            text.append("ENTRYPOINT " + json(order.entrypoint()) + "\n");
        }
        if (order.command() != null) {
            text.append("CMD " + json(order.command()) + "\n");
        }
        return text.toString();
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts can always be written as JSON", e);
        }
    }
}
