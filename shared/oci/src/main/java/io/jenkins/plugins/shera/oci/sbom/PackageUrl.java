package io.jenkins.plugins.shera.oci.sbom;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Writes package URLs as github.com/package-url/purl-spec has them; no name can pass for another part. */
public final class PackageUrl {
    private static final String PLAIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-_~:";

    private PackageUrl() {}

    /** A Java library. */
    static String maven(String group, String name, String version) {
        return of("maven", group, name, version, Map.of());
    }

    /** A package of a Linux distribution, whose names are of small letters. */
    static String linux(String type, String distribution, String name, String version, Map<String, String> qualifiers) {
        return of(type, distribution.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT), version, qualifiers);
    }

    /** An image by its digest; the repository is where it was pushed. */
    static String image(String repository, String digest) {
        String name = repository.substring(repository.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        return of("oci", "", name, digest, Map.of("repository_url", repository));
    }

    private static String of(
            String type, String namespace, String name, String version, Map<String, String> qualifiers) {
        StringBuilder url = new StringBuilder("pkg:").append(type).append('/');
        if (!namespace.isEmpty()) {
            url.append(encode(namespace)).append('/');
        }
        url.append(encode(name));
        if (!version.isEmpty()) {
            url.append('@').append(encode(version));
        }
        char separator = '?';
        for (Map.Entry<String, String> qualifier : new TreeMap<>(qualifiers).entrySet()) {
            if (!qualifier.getValue().isEmpty()) {
                url.append(separator).append(qualifier.getKey()).append('=').append(encode(qualifier.getValue()));
                separator = '&';
            }
        }
        return url.toString();
    }

    private static String encode(String text) {
        StringBuilder out = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (PLAIN.indexOf(c) >= 0) {
                out.append(c);
            } else {
                out.append(String.format("%%%02X", b & 0xff));
            }
        }
        return out.toString();
    }
}
