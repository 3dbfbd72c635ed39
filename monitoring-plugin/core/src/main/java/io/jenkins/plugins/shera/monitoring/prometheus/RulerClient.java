package io.jenkins.plugins.shera.monitoring.prometheus;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** The ruler of a Mimir or Cortex by its configuration API, below the same address as its queries. */
public final class RulerClient {

    private static final String PATH = "/config/v1/rules/";

    private final PrometheusClient server;
    private final String namespace;

    /** {@code namespace} is a name among rule groups, none of Kubernetes. */
    public RulerClient(PrometheusClient server, String namespace) {
        this.server = server;
        this.namespace = namespace;
    }

    /** The name among rule groups. */
    public String namespace() {
        return namespace;
    }

    /** All groups of the namespace as YAML, by the namespace's name; empty where there are none. */
    public byte[] groups() throws IOException {
        PrometheusClient.Answer answer = server.exchange("GET", PATH + encoded(namespace), "");
        if (answer.status() == 404) {
            return new byte[0];
        }
        return done(answer, "asked for rules").getBytes(StandardCharsets.UTF_8);
    }

    /** Makes a group, or replaces the one of its name. */
    public void put(byte[] group) throws IOException {
        String yaml = new String(group, StandardCharsets.UTF_8);
        done(server.exchange("POST", PATH + encoded(namespace), yaml), "given rules");
    }

    /** Takes a group away, if there is one. */
    public void delete(String group) throws IOException {
        PrometheusClient.Answer answer =
                server.exchange("DELETE", PATH + encoded(namespace) + "/" + encoded(group), "");
        if (answer.status() != 404) {
            done(answer, "told to forget rules");
        }
    }

    private static String done(PrometheusClient.Answer answer, String doing) throws IOException {
        if (answer.status() / 100 != 2) {
            boolean said = answer.status() / 100 == 4;
            throw new PrometheusException(
                    "the ruler was " + doing + " and refused (" + answer.status() + "): "
                            + PrometheusClient.shortened(answer.text()),
                    said,
                    null);
        }
        return answer.text();
    }

    private static String encoded(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8);
    }
}
