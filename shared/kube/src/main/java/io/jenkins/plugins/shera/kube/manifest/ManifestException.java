package io.jenkins.plugins.shera.kube.manifest;

import java.util.List;

/** Manifests that cannot be read or are not allowed; every problem names its document and line. */
public final class ManifestException extends Exception {

    private static final long serialVersionUID = 1;

    private final List<String> problems;

    /** One line per problem. */
    public ManifestException(List<String> problems, Throwable cause) {
        super(String.join("\n", problems), cause);
        this.problems = List.copyOf(problems);
    }

    ManifestException(String problem) {
        this(List.of(problem), null);
    }

    /** All problems that were found, in the order of the documents. */
    public List<String> problems() {
        return problems;
    }
}
