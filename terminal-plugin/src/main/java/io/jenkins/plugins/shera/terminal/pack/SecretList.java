package io.jenkins.plugins.shera.terminal.pack;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Collectors;

/** Findings as they stand in a message: the first twenty, and how many more; put into words when it is read. */
record SecretList(List<SecretFinding> findings) implements Serializable {
    private static final int MOST = 20;

    @Override
    public String toString() {
        String first =
                findings.stream().limit(MOST).map(SecretFinding::toString).collect(Collectors.joining(", "));
        return findings.size() <= MOST ? first : Messages.ContainerPackager_secrets_more(first, findings.size() - MOST);
    }
}
