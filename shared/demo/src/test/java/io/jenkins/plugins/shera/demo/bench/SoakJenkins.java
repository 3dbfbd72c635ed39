package io.jenkins.plugins.shera.demo.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.shera.demo.site.DemoSite;
import io.jenkins.plugins.shera.demo.site.JenkinsClient;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** A Jenkins that is killed now and then, asked by several threads: no build is being asked for at the moment of a kill. */
final class SoakJenkins {
    private static final Duration LIMIT = Duration.ofMinutes(20);

    private final DemoSite site;
    private final ReadWriteLock alive = new ReentrantReadWriteLock();

    SoakJenkins(DemoSite site) {
        this.site = site;
    }

    DemoSite site() {
        return site;
    }

    /** Starts a build, and gives its address below Jenkins. */
    String build(String job, Map<String, String> parameters) throws IOException, InterruptedException {
        alive.readLock().lock();
        try {
            return site.client().build(job, parameters);
        } finally {
            alive.readLock().unlock();
        }
    }

    /**
     * Waits for the end of a build, over the deaths of Jenkins.
     *
     * @return the result's name; empty when Jenkins, though alive, did not know the build, or it did not end
     */
    String result(String build) throws IOException, InterruptedException {
        JenkinsClient client = site.client();
        long end = System.nanoTime() + LIMIT.toNanos();
        int unknown = 0;
        while (System.nanoTime() < end && unknown < 100) {
            TimeUnit.MILLISECONDS.sleep(500);
            JsonNode state;
            try {
                state = client.read(build + "/api/json?tree=building,result");
            } catch (IOException e) {
                continue;
            }
            unknown = state.isMissingNode() ? unknown + 1 : 0;
            String result = state.path("result").asText("");
            if (!state.path("building").asBoolean() && !result.isEmpty() && !"null".equals(result)) {
                return result;
            }
        }
        return "";
    }

    /** Ends it as a power cut would, and starts it again in the same home. */
    void killAndStart() throws IOException, InterruptedException {
        alive.writeLock().lock();
        try {
            site.killJenkins();
            site.startJenkins();
        } finally {
            alive.writeLock().unlock();
        }
    }
}
