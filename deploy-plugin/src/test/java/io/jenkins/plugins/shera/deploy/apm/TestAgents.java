package io.jenkins.plugins.shera.deploy.apm;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** One agent, which is a file of the test cluster's image, and images whose own options are known. */
public final class TestAgents implements AgentSource {

    /** What images set by themselves; null when nobody can read them. */
    public String ofImage = "";

    /** As Pinpoint wants it. */
    public static Agent pinpoint() {
        Map<String, String> env = new LinkedHashMap<>();
        env.put("PINPOINT_APPLICATION_NAME", "${application:24}");
        env.put("PINPOINT_AGENT_NAME", "${pod}");
        return new Agent(
                "pinpoint",
                "localhost/busybox:1",
                "/bin/busybox",
                "-javaagent:${dir}/busybox -Dprofiler.transport.grpc.collector.ip=collector",
                env,
                true);
    }

    @Override
    public Agent agent(String name) {
        if (!name.isEmpty() && !name.equals("pinpoint")) {
            throw new IllegalArgumentException("There is no agent '" + name + "' here. Known are [pinpoint].");
        }
        return pinpoint();
    }

    @Override
    public Optional<String> options(String image) {
        return Optional.ofNullable(ofImage);
    }
}
