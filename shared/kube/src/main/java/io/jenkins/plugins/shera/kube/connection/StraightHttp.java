package io.jenkins.plugins.shera.kube.connection;

import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.net.http.HttpClient;

/** The JDK's HTTP client, which here follows no redirect: the token would go to wherever an answer points. */
final class StraightHttp extends JdkHttpClientFactory {

    @Override
    protected void additionalConfig(HttpClient.Builder builder) {
        builder.followRedirects(HttpClient.Redirect.NEVER);
    }
}
