package io.jenkins.plugins.shera.deploy.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** What {@code deployApplication} leaves in a cluster, put into the double of one. */
public final class Deployed {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private Deployed() {}

    /** Stable with so many pods, and its Service. */
    public static void at(String address, String namespace, String name, int pods)
            throws IOException, InterruptedException {
        String labels = "{\"app.kubernetes.io/name\":\"" + name + "\",\"shera.io/track\":\"stable\"}";
        post(
                address + "/api/v1/namespaces/" + namespace + "/services",
                "{\"apiVersion\":\"v1\",\"kind\":\"Service\",\"metadata\":{\"name\":\"" + name
                        + "\"},\"spec\":{\"selector\":" + labels + ",\"ports\":[{\"name\":\"main\",\"port\":8080}]}}");
        post(
                address + "/apis/apps/v1/namespaces/" + namespace + "/deployments",
                "{\"apiVersion\":\"apps/v1\",\"kind\":\"Deployment\",\"metadata\":{\"name\":\"" + name
                        + "\",\"labels\":{\"app.kubernetes.io/name\":\"" + name + "\"}},\"spec\":{\"replicas\":" + pods
                        + ",\"selector\":{\"matchLabels\":" + labels + "},\"template\":{\"metadata\":{\"labels\":"
                        + labels
                        + "},\"spec\":{\"containers\":[{\"name\":\"" + name
                        + "\",\"image\":\"shop:1\",\"env\":[{\"name\":\"VERSION\",\"value\":\"1\"}],\"resources\":{\"requests\":"
                        + "{\"cpu\":\"100m\",\"memory\":\"128Mi\"}},\"readinessProbe\":{\"httpGet\":{\"path\":\"/\",\"port\":8080}}}]}}}}");
    }

    private static void post(String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        int status = HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        if (status >= 300) {
            throw new IOException(path + ": " + status);
        }
    }
}
