package io.jenkins.plugins.shera.kube.connection;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import java.io.IOException;
import java.net.http.HttpClient;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;

/**
 * The JDK's own client for WebSockets, with the trust and the identity of the cluster's other requests: fabric8's WebSocket
 * does not say when a message is sent, so nothing could be held back.
 */
final class ExecHttp {

    private ExecHttp() {}

    static HttpClient client(Config config, TimeLimits limits) {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .connectTimeout(limits.connect())
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1);
        if (config.getMasterUrl().startsWith("https:")) {
            try {
                builder.sslContext(SSLUtils.sslContext(config));
            } catch (GeneralSecurityException | IOException e) {
                throw new IllegalArgumentException(
                        "The certificate or key for " + config.getMasterUrl() + " cannot be used: " + e.getMessage()
                                + ". Give PEM text.",
                        e);
            }
        }
        return builder.build();
    }

    /** Pairs of name and value; a name may stand there more than once. */
    static List<String[]> headers(ClusterAccess access) {
        List<String[]> headers = new ArrayList<>();
        access.identityHeaders()
                .forEach((name, values) -> values.forEach(value -> headers.add(new String[] {name, value})));
        return headers;
    }
}
