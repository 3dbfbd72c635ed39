package io.jenkins.plugins.shera.oci.registry;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One request as it can be sent again: a body is opened anew for each try. */
final class Exchange {
    final String method;
    final URI uri;
    final String scope;
    final List<String> headers = new ArrayList<>();
    Duration timeout = Duration.ofSeconds(30);
    boolean repeatable = true;
    private Body body;
    private long length;

    /** The scope is what a token must allow, e.g. {@code repository:shop/cart:pull}; empty for none. */
    Exchange(String method, URI uri, String scope) {
        this.method = method;
        this.uri = uri;
        this.scope = scope;
    }

    Exchange header(String name, String value) {
        headers.add(name);
        headers.add(value);
        return this;
    }

    /** A body of known length; 64 KiB a second are taken as the least a network does. */
    Exchange body(long bytes, Body source) {
        body = source;
        length = bytes;
        timeout = Duration.ofSeconds(60 + bytes / (64 * 1024));
        return this;
    }

    /** Says that a second try of this request could do other than the first. */
    Exchange once() {
        repeatable = false;
        return this;
    }

    HttpRequest build(URI at, String authorization) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(at).timeout(timeout).method(method, publisher());
        request.header("User-Agent", "shera");
        for (int i = 0; i < headers.size(); i += 2) {
            request.header(headers.get(i), headers.get(i + 1));
        }
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        return request.build();
    }

    private BodyPublisher publisher() {
        if (body == null || length == 0) {
            return method.equals("POST") || method.equals("PUT")
                    ? BodyPublishers.ofByteArray(new byte[0])
                    : BodyPublishers.noBody();
        }
        BodyPublisher stream = BodyPublishers.ofInputStream(() -> {
            try {
                return body.open();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        return BodyPublishers.fromPublisher(stream, length);
    }

    /** Opens exactly the bytes to send. */
    interface Body {
        InputStream open() throws IOException;
    }
}
