package io.jenkins.plugins.shera.build.builders;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.oci.image.Json;
import io.jenkins.plugins.shera.oci.target.ImagePlace;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** What other builders must know of registries, as the files they read: secrets stand there and nowhere else. */
public final class RegistryFiles {
    /** Logins, in the form of docker's config.json, which buildah reads too. */
    static final String LOGINS = "config.json";
    /** Registries without TLS, in the form of containers-registries.conf(5). */
    static final String REGISTRIES = "registries.conf";
    /** Further authorities; the name ends as buildah's {@code --cert-dir} wants. */
    static final String AUTHORITIES = "registries.crt";

    private static final String HUB = "https://index.docker.io/v1/";

    private RegistryFiles() {}

    /** The files by name; none when there is nothing to say. They hold passwords. */
    public static Map<String, String> of(Collection<ImagePlace> places) {
        Map<String, String> files = new LinkedHashMap<>();
        ObjectNode config = Json.object();
        ObjectNode logins = config.putObject("auths");
        StringBuilder plain = new StringBuilder("unqualified-search-registries = [\"docker.io\"]\n");
        StringBuilder authorities = new StringBuilder();
        boolean anyPlain = false;
        for (ImagePlace place : places) {
            if (place.address().folder().isPresent()) {
                continue;
            }
            Set<String> hosts = new LinkedHashSet<>();
            hosts.add(place.address().pushHost());
            hosts.add(place.address().pullHost());
            for (String host : hosts) {
                if (place.credentials().isPresent()) {
                    logins.putObject(host.endsWith("docker.io") ? HUB : host)
                            .put("auth", place.credentials().pair());
                }
                if (place.address().mayUsePlainHttp()) {
                    anyPlain = true;
                    plain.append("[[registry]]\nlocation = \"").append(host).append("\"\ninsecure = true\n");
                }
            }
            if (!place.address().caCertificates().isEmpty()) {
                authorities.append(place.address().caCertificates()).append('\n');
            }
        }
        if (!logins.isEmpty()) {
            files.put(LOGINS, new String(Json.write(config), StandardCharsets.UTF_8));
        }
        if (anyPlain) {
            files.put(REGISTRIES, plain.toString());
        }
        if (authorities.length() > 0) {
            files.put(AUTHORITIES, authorities.toString());
        }
        return files;
    }
}
