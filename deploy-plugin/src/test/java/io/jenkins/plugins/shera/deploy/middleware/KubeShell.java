package io.jenkins.plugins.shera.deploy.middleware;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.shera.kube.connection.ClusterClient;
import io.jenkins.plugins.shera.kube.connection.Kubeconfig;
import io.jenkins.plugins.shera.kube.connection.TimeLimits;
import io.jenkins.plugins.shera.kube.exec.ExecRequest;
import io.jenkins.plugins.shera.kube.exec.ExecRun;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** Runs the commands that a page shows, in the container, as kubectl exec would. */
final class KubeShell {

    /** What came of it. */
    record Said(int code, byte[] bytes, String errors) {
        String text() {
            return new String(bytes, StandardCharsets.UTF_8).strip();
        }
    }

    private final String kubeconfig;

    KubeShell(String kubeconfig) {
        this.kubeconfig = kubeconfig;
    }

    /** One of the lines {@code kubectl -n N exec [-i] POD -- COMMAND [< or > FILE]}; the redirection is ours to do. */
    Said line(String line, byte[] input) throws Exception {
        List<String> words = List.of(line.split(" "));
        assertThat(words.subList(0, 2)).containsExactly("kubectl", "-n");
        int dashes = words.indexOf("--");
        int end = words.stream()
                .filter(word -> word.matches("[<>]"))
                .map(words::indexOf)
                .findFirst()
                .orElse(words.size());
        return run(
                words.get(2),
                words.get(dashes - 1),
                input,
                words.subList(dashes + 1, end).toArray(String[]::new));
    }

    Said run(String namespace, String pod, byte[] input, String... command) throws Exception {
        try (ClusterClient client =
                ClusterClient.open(Kubeconfig.parse(kubeconfig, null, false), TimeLimits.STANDARD)) {
            ByteArrayOutputStream output = new ByteArrayOutputStream();
            ExecRun.Outcome outcome = new ExecRun(client.exec(), Duration.ofMinutes(2))
                    .run(
                            new ExecRequest(namespace, pod, "middleware", List.of(command), input != null, false),
                            input == null ? null : new ByteArrayInputStream(input),
                            output);
            return new Said(outcome.end().exitCode(), output.toByteArray(), outcome.errors());
        }
    }
}
