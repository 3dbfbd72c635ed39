package io.jenkins.plugins.shera.nginx.steps;

import io.jenkins.plugins.shera.nginx.config.NginxNodeSettings;
import io.jenkins.plugins.shera.nginx.node.NginxNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import jenkins.security.MasterToSlaveCallable;

/** Tests files of people on the machine of a node, or puts them there; answers those that lay there before. */
final class SiteOnNode extends MasterToSlaveCallable<TreeMap<String, String>, IOException> {
    private static final long serialVersionUID = 1L;
    private static final int TRIES = 5;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final NginxNodeSettings node;
    private final TreeMap<String, String> files;
    private final boolean put;
    private final String check;

    private SiteOnNode(NginxNodeSettings node, Map<String, String> files, boolean put, String check) {
        this.node = node;
        this.files = new TreeMap<>(files);
        this.put = put;
        this.check = check;
    }

    /** Lets the node's nginx test them; nothing is kept. */
    static SiteOnNode test(NginxNodeSettings node, Map<String, String> files) {
        return new SiteOnNode(node, files, false, "");
    }

    /**
     * Puts them in force.
     *
     * @param check address that has to answer with a status below 400 afterwards, asked from the node itself; empty for none
     */
    static SiteOnNode put(NginxNodeSettings node, Map<String, String> files, String check) {
        return new SiteOnNode(node, files, true, check);
    }

    @Override
    public TreeMap<String, String> call() throws IOException {
        try {
            NginxNode nginx = NodeAccess.node(node);
            TreeMap<String, String> before = new TreeMap<>(nginx.siteFiles());
            if (put) {
                nginx.replaceSite(files);
                check();
            } else {
                nginx.testSite(files);
            }
            return before;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while nginx was changed; what was in force before is in force again", e);
        }
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
