package io.jenkins.plugins.shera.oci.registry;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.shera.oci.image.Descriptor;
import io.jenkins.plugins.shera.oci.image.Digest;
import io.jenkins.plugins.shera.oci.image.ImageReference;
import io.jenkins.plugins.shera.oci.image.Json;
import io.jenkins.plugins.shera.oci.image.MediaTypes;
import io.jenkins.plugins.shera.oci.image.RawManifest;
import io.jenkins.plugins.shera.oci.target.BlobSource;
import io.jenkins.plugins.shera.oci.target.ImageTarget;
import io.jenkins.plugins.shera.oci.target.VerifiedStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One repository of a registry. */
public final class RegistryRepository implements ImageTarget {
    private static final int LONGEST_JSON = 4 * 1024 * 1024;
    private static final int MOST_TAGS = 10_000;
    private static final Pattern NEXT = Pattern.compile("<([^>]{1,2000})>\\s*;\\s*rel=\"?next\"?");

    private final RegistryAddress address;
    private final RegistryCredentials credentials;
    private final Transport transport;
    private final String repository;

    RegistryRepository(
            RegistryAddress address, RegistryCredentials credentials, Transport transport, String repository) {
        this.address = address;
        this.credentials = credentials;
        this.transport = transport;
        this.repository = repository;
    }

    @Override
    public String name() {
        return address.pushHost() + "/" + repository;
    }

    @Override
    public String repository() {
        return repository;
    }

    @Override
    public Optional<Digest> resolve(String tagOrDigest) throws IOException {
        try (Answer answer = transport.send(manifestRequest("HEAD", tagOrDigest))) {
            if (answer.status() == 404) {
                return Optional.empty();
            }
            if (!answer.isSuccess()) {
                throw answer.failure("Looking for " + named(tagOrDigest), credentials);
            }
            String digest = answer.header("Docker-Content-Digest");
            if (Digest.isDigest(digest)) {
                return Optional.of(Digest.parse(digest));
            }
        }
        return Optional.of(manifest(tagOrDigest).digest());
    }

    @Override
    public RawManifest manifest(String tagOrDigest) throws IOException {
        try (Answer answer = transport.send(manifestRequest("GET", tagOrDigest))) {
            if (!answer.isSuccess()) {
                throw answer.failure("Reading " + named(tagOrDigest), credentials);
            }
            RawManifest raw =
                    RawManifest.received(answer.header("Content-Type"), answer.content(LONGEST_JSON, "manifest"));
            String announced = Digest.isDigest(tagOrDigest) ? tagOrDigest : answer.header("Docker-Content-Digest");
            if (Digest.isDigest(announced)
                    && !Digest.parse(announced)
                            .matches(Digest.parse(announced).newHash().digest(raw.content()))) {
                throw new RegistryException(
                        answer.status(),
                        "The manifest of " + named(tagOrDigest) + " is not what its digest " + announced
                                + " says: it was damaged on the way or in the registry. Try again; if it stays, push that"
                                + " image anew.",
                        null);
            }
            return raw;
        }
    }

    private Exchange manifestRequest(String method, String tagOrDigest) {
        return new Exchange(method, at("manifests/" + checked(tagOrDigest)), scope("pull"))
                .header("Accept", String.join(", ", MediaTypes.MANIFESTS));
    }

    @Override
    public boolean hasBlob(Digest digest) throws IOException {
        try (Answer answer = transport.send(new Exchange("HEAD", at("blobs/" + digest), scope("pull")))) {
            if (answer.status() != 404 && !answer.isSuccess()) {
                throw answer.failure("Looking for " + digest + " in " + name(), credentials);
            }
            return answer.isSuccess();
        }
    }

    @Override
    public InputStream openBlob(Descriptor blob) throws IOException {
        Answer answer = transport.send(new Exchange("GET", at("blobs/" + blob.digest()), scope("pull")));
        if (!answer.isSuccess()) {
            try (answer) {
                throw answer.failure("Reading " + blob.digest() + " from " + name(), credentials);
            }
        }
        return new VerifiedStream(answer.body(), blob, name());
    }

    @Override
    public void sendBlob(Descriptor blob, BlobSource content) throws IOException {
        new BlobUpload(this, transport, credentials, blob).send(content);
    }

    @Override
    public boolean mountBlob(Descriptor blob, ImageTarget from) throws IOException {
        boolean sameRegistry =
                from instanceof RegistryRepository other && Transport.sameOrigin(other.address.uri(), address.uri());
        if (!sameRegistry) {
            return false;
        }
        return new BlobUpload(this, transport, credentials, blob).mount(from.repository());
    }

    @Override
    public void putManifest(String tagOrDigest, RawManifest manifest) throws IOException {
        byte[] content = manifest.content();
        Exchange put = new Exchange("PUT", at("manifests/" + checked(tagOrDigest)), scope("pull,push"))
                .header("Content-Type", manifest.mediaType())
                .body(content.length, BlobSource.of(content)::open);
        try (Answer answer = transport.send(put)) {
            if (!answer.isSuccess()) {
                throw answer.failure("Pushing " + named(tagOrDigest), credentials);
            }
            String stored = answer.header("Docker-Content-Digest");
            if (Digest.isDigest(stored) && !stored.equals(manifest.digest().toString())) {
                throw new RegistryException(
                        answer.status(),
                        "The registry " + address.pushHost() + " stored " + stored + " as " + named(tagOrDigest)
                                + " where " + manifest.digest() + " was sent: it alters images and cannot be used.",
                        null);
            }
        }
    }

    @Override
    public List<String> tags() throws IOException {
        TreeSet<String> tags = new TreeSet<>();
        URI page = at("tags/list?n=1000");
        while (page != null && tags.size() < MOST_TAGS) {
            int before = tags.size();
            try (Answer answer = transport.send(new Exchange("GET", page, scope("pull")))) {
                if (answer.status() == 404) {
                    return List.of();
                }
                if (!answer.isSuccess()) {
                    throw answer.failure("Listing the tags of " + name(), credentials);
                }
                byte[] content = answer.content(LONGEST_JSON, "list of tags");
                for (JsonNode tag : Json.read(content, "list of tags").path("tags")) {
                    tags.add(tag.asText());
                }
                page = tags.size() == before ? null : next(page, answer.header("Link"));
            }
        }
        return List.copyOf(tags);
    }

    private URI next(URI page, String link) throws RegistryException {
        Matcher matcher = NEXT.matcher(link);
        if (!matcher.find()) {
            return null;
        }
        URI next = transport.resolve(page, matcher.group(1));
        return Transport.sameOrigin(next, page) ? next : null;
    }

    @Override
    public boolean listsReferrers(Digest image) throws IOException {
        Exchange get =
                new Exchange("GET", at("referrers/" + image), scope("pull")).header("Accept", MediaTypes.OCI_INDEX);
        try (Answer answer = transport.send(get)) {
            return answer.isSuccess() && answer.header("Content-Type").startsWith(MediaTypes.OCI_INDEX);
        }
    }

    @Override
    public void delete(Digest manifest) throws IOException {
        try (Answer answer = transport.send(new Exchange("DELETE", at("manifests/" + manifest), scope("delete")))) {
            if (answer.status() != 404 && !answer.isSuccess()) {
                throw answer.failure("Deleting " + named(manifest.toString()), credentials);
            }
        }
    }

    URI at(String path) {
        return URI.create(address.uri() + repository + "/" + path);
    }

    String scope(String actions) {
        return "repository:" + repository + ":" + actions;
    }

    String scopeWithPullFrom(String other) {
        return scope("pull,push") + " repository:" + other + ":pull";
    }

    private String named(String tagOrDigest) {
        return name() + (Digest.isDigest(tagOrDigest) ? "@" : ":") + tagOrDigest;
    }

    private static String checked(String tagOrDigest) {
        return Digest.isDigest(tagOrDigest) ? tagOrDigest : ImageReference.checkTag(tagOrDigest);
    }

    @Override
    public String toString() {
        return name();
    }
}
