package io.jenkins.plugins.shera.oci.registry;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One HTTP client for all who trust the same authorities, so that a build's second exchange with a registry finds a connection open. After
 * half a minute of silence a new one is made: by then something between may have dropped the connections without a word.
 */
final class SharedClients {
    private static final int MOST = 32;
    private static final Duration IDLE = Duration.ofSeconds(30);
    private static final Map<String, SharedClients> ALL = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, SharedClients> eldest) {
            return size() > MOST;
        }
    };

    private final RegistryAddress address;
    private HttpClient client;
    private long used;

    private SharedClients(RegistryAddress address) {
        this.address = address;
    }

    /** For the address; an authority's certificate that cannot be read fails here. */
    static SharedClients of(RegistryAddress address) throws RegistryException {
        synchronized (ALL) {
            SharedClients found = ALL.get(address.caCertificates());
            if (found == null) {
                found = new SharedClients(address);
                found.client();
                ALL.put(address.caCertificates(), found);
            }
            return found;
        }
    }

    /** The client for an exchange that begins now; one that runs goes on with the one it has. */
    HttpClient client() throws RegistryException {
        return client(System.nanoTime());
    }

    synchronized HttpClient client(long now) throws RegistryException {
        if (client == null || now - used > IDLE.toNanos()) {
            client = make();
        }
        used = now;
        return client;
    }

    private HttpClient make() throws RegistryException {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(Duration.ofSeconds(10));
        if (!address.caCertificates().isEmpty()) {
            builder.sslContext(TrustedAuthorities.with(address.caCertificates(), address.pushHost()));
        }
        return builder.build();
    }
}
