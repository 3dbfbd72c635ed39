package io.jenkins.plugins.shera.oci.registry;

import io.jenkins.plugins.shera.oci.image.Descriptor;
import io.jenkins.plugins.shera.oci.target.BlobSource;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Brings one blob into a repository: small ones in one request, large ones in pieces that resume where the registry says
 * it stands, or begin anew when it lost them.
 */
final class BlobUpload {
    static final int PIECE = 16 * 1024 * 1024;
    private static final int MOST_STARTS = 4;
    private static final Pattern RANGE = Pattern.compile("(?:bytes=)?0-([0-9]{1,18})");

    private final RegistryRepository repository;
    private final Transport transport;
    private final RegistryCredentials credentials;
    private final Descriptor blob;
    private URI location;

    BlobUpload(RegistryRepository repository, Transport transport, RegistryCredentials credentials, Descriptor blob) {
        this.repository = repository;
        this.transport = transport;
        this.credentials = credentials;
        this.blob = blob;
    }

    /** Whether the registry took the blob over from the other repository; an upload it began instead is called off. */
    boolean mount(String from) throws IOException {
        String query = "?mount=" + blob.digest() + "&from=" + from;
        Exchange post =
                new Exchange("POST", repository.at("blobs/uploads/" + query), repository.scopeWithPullFrom(from));
        try (Answer answer = transport.send(post)) {
            if (answer.status() == 202) {
                location = locationOf(answer);
                callOff();
            }
            return answer.status() == 201;
        }
    }

    void send(BlobSource content) throws IOException {
        for (int start = 1; ; start++) {
            try {
                begin();
                if (blob.size() <= PIECE) {
                    finish(0, content);
                } else {
                    pieces(content);
                    finish(blob.size(), content);
                }
                return;
            } catch (RegistryException e) {
                boolean lost = e.status() == 404 || e.status() == 416 || e.status() == 0 || e.status() >= 500;
                if (!lost || start == MOST_STARTS) {
                    callOff();
                    throw e;
                }
            } catch (IOException e) {
                callOff();
                throw e;
            }
        }
    }

    private void begin() throws IOException {
        callOff();
        Exchange post = new Exchange("POST", repository.at("blobs/uploads/"), scope());
        try (Answer answer = transport.send(post)) {
            if (answer.status() != 202) {
                throw answer.failure("Beginning an upload to " + repository.name(), credentials);
            }
            location = locationOf(answer);
        }
    }

    private void pieces(BlobSource content) throws IOException {
        long at = 0;
        int resumes = 0;
        while (at < blob.size()) {
            long length = Math.min(PIECE, blob.size() - at);
            long from = at;
            Exchange patch = new Exchange("PATCH", location, scope())
                    .header("Content-Type", "application/octet-stream")
                    .header("Content-Range", at + "-" + (at + length - 1))
                    .body(length, () -> slice(content, from, length))
                    .once();
            try (Answer answer = transport.send(patch)) {
                if (!answer.isSuccess()) {
                    throw answer.failure("Uploading " + blob.digest() + " to " + repository.name(), credentials);
                }
                location = locationOf(answer);
                at += length;
            } catch (RegistryException e) {
                boolean passing = e.status() == 0 || e.status() >= 500 || e.status() == 416;
                if (!passing || ++resumes > MOST_STARTS) {
                    throw e;
                }
                at = standing();
            }
        }
    }

    /** How many bytes the registry has; a 404 says it lost the upload. */
    private long standing() throws IOException {
        try (Answer answer = transport.send(new Exchange("GET", location, scope()))) {
            if (!answer.isSuccess()) {
                throw answer.failure("Resuming the upload to " + repository.name(), credentials);
            }
            Matcher range = RANGE.matcher(answer.header("Range"));
            if (!answer.header("Location").isEmpty()) {
                location = locationOf(answer);
            }
            long last = range.matches() ? Long.parseLong(range.group(1)) : 0;
            return last == 0 ? 0 : Math.min(last + 1, blob.size());
        }
    }

    private void finish(long sent, BlobSource content) throws IOException {
        String separator = location.getRawQuery() == null ? "?" : "&";
        URI end = URI.create(location + separator + "digest=" + blob.digest());
        Exchange put = new Exchange("PUT", end, scope())
                .header("Content-Type", "application/octet-stream")
                .body(blob.size() - sent, () -> slice(content, sent, blob.size() - sent))
                .once();
        try (Answer answer = transport.send(put)) {
            if (!answer.isSuccess()) {
                throw answer.failure("Uploading " + blob.digest() + " to " + repository.name(), credentials);
            }
        }
    }

    private static InputStream slice(BlobSource content, long from, long length) throws IOException {
        InputStream stream = content.open();
        stream.skipNBytes(from);
        return new Slice(stream, length);
    }

    private URI locationOf(Answer answer) throws IOException {
        String text = answer.header("Location");
        if (text.isEmpty()) {
            throw new RegistryException(
                    answer.status(),
                    "The registry of " + repository.name() + " began an upload without saying where.",
                    null);
        }
        URI uri = transport.resolve(answer.uri(), text);
        transport.check(uri);
        return uri;
    }

    /** Tells the registry that nothing more comes, so that nothing half made stays; a failure here changes nothing. */
    private void callOff() {
        if (location == null) {
            return;
        }
        try (Answer answer = transport.send(new Exchange("DELETE", location, scope()).once())) {
            Logger.getLogger(BlobUpload.class.getName()).log(Level.FINE, "upload called off: {0}", answer.status());
        } catch (IOException e) {
            Logger.getLogger(BlobUpload.class.getName()).log(Level.FINE, "calling off an upload", e);
        }
        location = null;
    }

    private String scope() {
        return repository.scope("pull,push");
    }
}
