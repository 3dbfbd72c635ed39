package io.jenkins.plugins.shera.monitoring.agent.processes;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whose container an id is, by the names of the links that the kubelet makes: {@code POD_NAMESPACE_CONTAINER-ID.log}. None is followed. */
public final class ContainerNames {

    private static final Pattern LINK =
            Pattern.compile("([a-z0-9][a-z0-9.-]{0,252})_([a-z0-9-]{1,63})_([a-z0-9-]{1,63})-([0-9a-f]{64})\\.log");

    private final Path links;

    /** {@code links} is the kubelet's folder, {@code /var/log/containers}. */
    public ContainerNames(Path links) {
        this.links = links;
    }

    /** A container of a pod. */
    public record Name(String namespace, String pod, String container) {}

    /** All that are there now, by id; none where there is no kubelet. */
    Map<String, Name> read() throws IOException {
        Map<String, Name> names = new HashMap<>();
        try (DirectoryStream<Path> listed = Files.newDirectoryStream(links)) {
            for (Path each : listed) {
                Matcher matcher = LINK.matcher(String.valueOf(each.getFileName()));
                if (matcher.matches()) {
                    names.put(matcher.group(4), new Name(matcher.group(2), matcher.group(1), matcher.group(3)));
                }
            }
        } catch (NoSuchFileException e) {
            return Map.of();
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return names;
    }
}
