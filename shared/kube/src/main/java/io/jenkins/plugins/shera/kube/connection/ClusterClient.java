package io.jenkins.plugins.shera.kube.connection;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.jenkins.plugins.shera.kube.api.KubeApi;
import io.jenkins.plugins.shera.kube.exec.ClusterExec;
import io.jenkins.plugins.shera.kube.exec.ExecApi;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * An open connection to one cluster. Usable from many threads; close it when its {@link ClusterAccess} is no longer
 * current. Nothing of the JVM, the environment or the home folder flows into it.
 */
public final class ClusterClient implements AutoCloseable {

    private final KubernetesClient client;
    private final KubeApi api;
    private final ExecApi exec;

    private ClusterClient(KubernetesClient client, KubeApi api, ExecApi exec) {
        this.client = client;
        this.api = api;
        this.exec = exec;
    }

    /**
     * Prepares a connection; the first request opens it.
     *
     * @throws IllegalArgumentException if a certificate or key is not readable PEM
     */
    public static ClusterClient open(ClusterAccess access, TimeLimits limits) {
        try {
            KubernetesClient client = new KubernetesClientBuilder()
                    .withHttpClientFactory(new StraightHttp())
                    .withConfig(config(access, limits))
                    .build();
            return new ClusterClient(
                    client,
                    new KubeApi(client.getHttpClient(), access.server(), limits.request(), limits.total()),
                    new ClusterExec(
                            access.server(),
                            () -> ExecHttp.client(client.getConfiguration(), limits),
                            ExecHttp.headers(access),
                            limits.connect()));
        } catch (KubernetesClientException e) {
            throw new IllegalArgumentException(
                    "The certificate or key for " + access + " cannot be used: " + e.getMessage()
                            + ". Give PEM text, a key in PKCS#8 form (openssl pkcs8 -topk8 -nocrypt).",
                    e);
        }
    }

    private static Config config(ClusterAccess access, TimeLimits limits) {
        ConfigBuilder builder = new ConfigBuilder(Config.empty())
                .withAutoConfigure(false)
                .withMasterUrl(access.server().toString())
                .withTrustCerts(access.isInsecure())
                .withDisableHostnameVerification(access.isInsecure())
                .withConnectionTimeout((int) limits.connect().toMillis())
                .withRequestTimeout((int) limits.request().toMillis())
                // KubeApi retries by itself, because fabric8 has no bound on the sum of its waits.
                .withRequestRetryBackoffLimit(0)
                // With each 401 the API server closes the HTTP/2 connection, and the JDK then loses the answer.
                .withHttp2Disable(true)
                .withUserAgent("shera");
        if (access.caCertificate() != null) {
            builder.withCaCertData(base64(access.caCertificate()));
        }
        if (access.token() != null) {
            builder.withOauthToken(access.token());
        }
        if (access.clientCertificate() != null) {
            builder.withClientCertData(base64(access.clientCertificate()))
                    .withClientKeyData(base64(access.clientKey()))
                    .withClientKeyAlgo(access.clientKey().contains("EC PRIVATE KEY") ? "EC" : "RSA");
        }
        if (access.impersonatedUser() != null) {
            builder.withImpersonateUsername(access.impersonatedUser())
                    .withImpersonateGroups(access.impersonatedGroups().toArray(String[]::new));
        }
        return builder.build();
    }

    private static String base64(String pem) {
        return Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.US_ASCII));
    }

    /** The API of this cluster. */
    public KubeApi api() {
        return api;
    }

    /** Commands and attachments in the containers of this cluster. */
    public ExecApi exec() {
        return exec;
    }

    /** The library's own client, for watches; what it throws and returns stays within this module. */
    public KubernetesClient forWatches() {
        return client;
    }

    @Override
    public void close() {
        client.close();
    }
}
