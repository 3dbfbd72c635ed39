package io.jenkins.plugins.shera.demo.site;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A build that was started over REST. */
public final class RunningBuild {
    private final JenkinsClient client;
    private final String path;

    /** @param path its address below Jenkins, e.g. {@code job/retail/job/quickstart/1} */
    public RunningBuild(JenkinsClient client, String path) {
        this.client = client;
        this.path = path;
    }

    /** Its address below Jenkins. */
    public String path() {
        return path;
    }

    /** Its whole log so far; empty while the build does not exist. */
    public String log() throws IOException, InterruptedException {
        var answer = client.log(path, 0);
        return answer.statusCode() == 200 ? answer.body() : "";
    }

    /** Waits until the log shows the text. */
    public void awaitLog(String text, Duration limit) throws IOException, InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (!log().contains(text)) {
            if (System.nanoTime() > end) {
                throw new IOException("The log of " + path + " did not show '" + text + "' within " + limit.toSeconds()
                        + " s:\n" + log());
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    /** Fails with the log beneath the message unless it is so. */
    public void expect(boolean so, String message) throws IOException, InterruptedException {
        if (!so) {
            throw new IOException(message + "; the log of " + path + ":\n" + log());
        }
    }
}
