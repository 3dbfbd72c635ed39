package io.jenkins.plugins.shera.terminal.copy;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.shera.kube.manifest.Manifests;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CopyStateTest {

    private static CopyState of(String status) throws Exception {
        return CopyState.of(
                Manifests.read("{apiVersion: v1, kind: Pod, metadata: {name: a}, status: " + status + "}", "pod")
                        .get(0)
                        .content(),
                "main");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{phase: Running, containerStatuses: [{name: main, state: {running: {}}}]} | running",
                "{phase: Pending} | starting",
                "{phase: Failed, reason: DeadlineExceeded, containerStatuses: [{name: main, state: {terminated: {exitCode: 143}}}]} | over",
                "{phase: Failed, containerStatuses: [{name: main, state: {terminated: {exitCode: 137, reason: OOMKilled}}}]} | failed",
                "{phase: Succeeded, containerStatuses: [{name: main, state: {terminated: {exitCode: 0}}}]} | over",
                "{phase: Failed, containerStatuses: [{name: main, state: {terminated: {exitCode: 128, reason: StartError,"
                        + " message: 'runc: exec: \"sh\": executable file not found in $PATH'}}}]} | noshell",
                "{phase: Pending, containerStatuses: [{name: main, state: {waiting: {reason: CreateContainerError,"
                        + " message: 'exec sh: no such file or directory'}}}]} | noshell",
                "{phase: Failed, containerStatuses: [{name: main, state: {terminated: {exitCode: 1,"
                        + " message: 'exec: sh not found'}}}]} | failed"
            })
    void eachEndHasItsWord(String status, String word) throws Exception {
        assertThat(of(status).word()).isEqualTo(word);
    }

    @Test
    void itSaysWhyItDoesNotStart() throws Exception {
        assertThat(of("{phase: Pending, conditions: [{type: PodScheduled, status: 'False', message: no node fits}]}")
                        .why())
                .isEqualTo("no node fits");
        assertThat(of("{phase: Failed, initContainerStatuses: [{name: migrate, state: {terminated: {exitCode: 4,"
                                + " reason: Error}}}]}")
                        .why())
                .contains("migrate", "4");
    }
}
