package io.jenkins.plugins.shera.kubeng.jenkins;

import io.jenkins.plugins.shera.nginx.intent.Intent;
import io.jenkins.plugins.shera.nginx.intent.SignedIntent;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** {@code <jenkins>/shera-kubeng/}, with the node's token; never follows a redirect with it. */
public final class JenkinsDoor {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final int LONGEST_TOKEN = 1024;

    private final JenkinsAccess access;
    private final String cluster;
    private HttpClient client;

    /**
     * What Jenkins answered.
     *
     * @param status as HTTP has it
     */
    public record Answer(int status, byte[] body) {}

    /** The cluster is that of this node. */
    public JenkinsDoor(JenkinsAccess access, String cluster) {
        this.access = access;
        this.cluster = cluster;
    }

    /**
     * Asks for a document that is not this one: 200 with it, 204 when there is none, 304 when that time has passed and it is still
     * the same, 409 when Jenkins has an older one.
     */
    public Answer document(Intent.Kind kind, String tag, Duration wait) throws IOException, InterruptedException {
        HttpRequest.Builder request = request("document", "/" + kind.word())
                .header("Prefer", "wait=" + wait.toSeconds())
                .GET();
        if (!tag.isEmpty()) {
            request.header("If-None-Match", "\"" + tag + "\"");
        }
        return send(request, wait.plus(ANSWER));
    }

    /**
     * Certificate and key of this version as PEM.
     *
     * @throws IOException saying why Jenkins does not give it
     */
    public byte[] certificate(String version) throws IOException, InterruptedException {
        return secret("certificate", version);
    }

    /**
     * The password file of this version.
     *
     * @throws IOException saying why Jenkins does not give it
     */
    public byte[] users(String version) throws IOException, InterruptedException {
        return secret("users", version);
    }

    private byte[] secret(String what, String version) throws IOException, InterruptedException {
        Answer answer = send(request(what, "/" + version).GET(), ANSWER);
        if (answer.status() != 200) {
            throw new IOException("Jenkins does not give this node " + what + " " + version + " (status "
                    + answer.status() + "). Does it know the node by its token, and has it what the document names?"
                    + " Publish the route again, which brings it.");
        }
        return answer.body();
    }

    /** Gives Jenkins a document that it signed and lost. */
    public Answer adopt(Intent.Kind kind, byte[] document) throws IOException, InterruptedException {
        return post("adopt", "/" + kind.word(), document);
    }

    /** Tells what this node is at, as JSON. */
    public Answer state(byte[] json) throws IOException, InterruptedException {
        return post("state", "", json);
    }

    /** Tells what this node answered lately, as JSON. */
    public Answer figures(byte[] json) throws IOException, InterruptedException {
        return post("figures", "", json);
    }

    private Answer post(String what, String rest, byte[] body) throws IOException, InterruptedException {
        return send(
                request(what, rest)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body)),
                ANSWER);
    }

    private HttpRequest.Builder request(String what, String rest) throws IOException {
        return HttpRequest.newBuilder(
                        access.url().resolve("shera-kubeng/" + what + "/" + cluster + "/" + access.node() + rest))
                .header("Authorization", "Bearer " + token());
    }

    private String token() throws IOException {
        String token;
        try (InputStream file = Files.newInputStream(access.token())) {
            token = new String(file.readNBytes(LONGEST_TOKEN), StandardCharsets.US_ASCII).strip();
        } catch (IOException e) {
            throw new IOException("The node's token cannot be read from " + access.token() + ": " + e.getMessage(), e);
        }
        if (!token.matches("[A-Za-z0-9_-]{20,512}")) {
            throw new IOException(
                    access.token() + " holds no token. Put the one there that Jenkins gave for this node.");
        }
        return token;
    }

    private Answer send(HttpRequest.Builder request, Duration limit) throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> asked =
                client().sendAsync(request.build(), head -> new LimitedBody(SignedIntent.LONGEST));
        try {
            HttpResponse<byte[]> answer = asked.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return new Answer(answer.statusCode(), answer.body());
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            throw new IOException(
                    "Jenkins at " + access.url() + " cannot be reached: "
                            + (cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage()),
                    e);
        } catch (TimeoutException e) {
            throw new IOException(
                    "Jenkins at " + access.url() + " did not answer within " + limit.toSeconds() + " s", e);
        } finally {
            asked.cancel(true);
        }
    }

    private synchronized HttpClient client() throws IOException {
        if (client == null) {
            HttpClient.Builder builder = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(CONNECT);
            if (access.authority() != null) {
                builder.sslContext(trusting(access.authority()));
            }
            client = builder.build();
        }
        return client;
    }

    private static SSLContext trusting(Path authority) throws IOException {
        try (InputStream file = Files.newInputStream(authority)) {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            int count = 0;
            for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(file)) {
                trusted.setCertificateEntry("authority-" + count++, one);
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, factory.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException(
                    "The setting 'jenkins.ca' names " + authority + ", which holds no PEM certificate.", e);
        }
    }
}
