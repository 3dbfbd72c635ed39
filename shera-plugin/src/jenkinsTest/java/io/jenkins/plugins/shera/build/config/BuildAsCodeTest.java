package io.jenkins.plugins.shera.build.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.shera.onjenkins.AsCode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What configuration as code writes of the builds' servers and tools, it also reads, and it comes to the same. */
@WithJenkins
class BuildAsCodeTest {

    @Test
    void readsTheHostKeysItWrote(JenkinsRule rule) throws Exception {
        String key = "git.example.org ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ";
        AsCode.read("unclassified:\n  sheraGit:\n    knownHosts: \"" + key + "\"\n");
        String first = AsCode.export("sheraGit");
        GitConfiguration.get().setKnownHosts("");

        AsCode.read(first);

        assertThat(AsCode.export("sheraGit")).isEqualTo(first);
        assertThat(GitConfiguration.get().getKnownHosts().strip()).isEqualTo(key);
    }

    @Test
    void readsTheQualityServersItWrote(JenkinsRule rule) throws Exception {
        AsCode.read(
                """
                unclassified:
                  sheraSonar:
                    servers:
                    - id: "quality"
                      url: "http://127.0.0.1:9000"
                      tenants: "payments shop"
                """);
        String first = AsCode.export("sheraSonar");
        SonarConfiguration.get().setServers(List.of());

        AsCode.read(first);

        assertThat(AsCode.export("sheraSonar")).isEqualTo(first);
        assertThat(first).contains("http://127.0.0.1:9000", "payments shop");
        assertThat(SonarConfiguration.get().getServers())
                .extracting(SonarServer::getId)
                .containsExactly("quality");
    }

    @Test
    void readsTheDebugToolsItWrote(JenkinsRule rule) throws Exception {
        AsCode.read(
                """
                unclassified:
                  sheraDebugTools:
                    tools:
                    - name: "network"
                      image: "registry.example.org/tools/network@sha256:%s"
                      tenants: "payments"
                """
                        .formatted("5".repeat(64)));
        String first = AsCode.export("sheraDebugTools");
        DebugToolConfiguration.get().setTools(List.of());

        AsCode.read(first);

        assertThat(AsCode.export("sheraDebugTools")).isEqualTo(first);
        assertThat(first).contains("registry.example.org/tools/network@sha256:5555", "payments");
        assertThat(DebugToolConfiguration.get().getTools())
                .extracting(DebugTool::getName)
                .containsExactly("network");
    }
}
