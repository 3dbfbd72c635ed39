package io.jenkins.plugins.shera.nginx.work;

import io.jenkins.plugins.shera.nginx.node.NginxInstallation;
import io.jenkins.plugins.shera.nginx.node.NginxNode;
import io.jenkins.plugins.shera.nginx.site.SiteAllowance;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Tests files of people on a node, or puts them there; answers those that lay there before. */
public final class SiteOnNode implements NodeWork<TreeMap<String, String>> {
    private static final long serialVersionUID = 1L;
    private static final int TRIES = 5;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final TreeMap<String, String> files;
    private final boolean put;
    private final String check;

    /** Null from a sender that had none. */
    private final SiteAllowance allowed;

    private SiteOnNode(Map<String, String> files, boolean put, String check, SiteAllowance allowed) {
        this.files = new TreeMap<>(files);
        this.put = put;
        this.check = check;
        this.allowed = allowed;
    }

    /** Lets the node's nginx test them; nothing is kept. */
    public static SiteOnNode test(Map<String, String> files, SiteAllowance allowed) {
        return new SiteOnNode(files, false, "", allowed);
    }

    /**
     * Puts them in force.
     *
     * @param check address that has to answer with a status below 400 afterwards, asked from the node itself; empty for none
     */
    public static SiteOnNode put(Map<String, String> files, String check, SiteAllowance allowed) {
        return new SiteOnNode(files, true, check, allowed);
    }

    /** Gives the node back what it had, which was judged when it was pushed. */
    public static SiteOnNode back(Map<String, String> files) {
        return new SiteOnNode(files, true, "", SiteAllowance.widest());
    }

    @Override
    public TreeMap<String, String> on(NginxInstallation installation) throws IOException, InterruptedException {
        NginxNode nginx = new NginxNode(installation);
        TreeMap<String, String> before = new TreeMap<>(nginx.siteFiles());
        if (put) {
            nginx.replaceSite(files, SiteAllowance.orUsual(allowed));
            check();
        } else {
            nginx.testSite(files, SiteAllowance.orUsual(allowed));
        }
        return before;
    }

    private void check() throws IOException, InterruptedException {
        if (check.isEmpty()) {
            return;
        }
        HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(check)).timeout(PATIENCE).build();
        String last = "";
        for (int tries = 0; tries < TRIES; tries++) {
            try {
                int status = client.send(request, HttpResponse.BodyHandlers.discarding())
                        .statusCode();
                if (status < 400) {
                    return;
                }
                last = "status " + status;
            } catch (IOException e) {
                last = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            }
            TimeUnit.MILLISECONDS.sleep(500);
        }
        throw new IOException("nginx took the files, but " + check + " does not answer as it should: " + last);
    }
}
