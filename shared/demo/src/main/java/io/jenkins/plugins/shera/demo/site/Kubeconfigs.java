package io.jenkins.plugins.shera.demo.site;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The one thing the platform page wants to know besides the credential. */
final class Kubeconfigs {
    private static final Pattern SERVER = Pattern.compile("server:\\s*\"?([^\"\\s}]+)");

    private Kubeconfigs() {}

    static String server(String kubeconfig) {
        Matcher server = SERVER.matcher(kubeconfig);
        return server.find() ? server.group(1) : "";
    }
}
