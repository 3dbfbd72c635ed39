package io.jenkins.plugins.shera.build.sonar;

import java.util.List;

/** The metrics that are read, by SonarQube's own keys. */
public final class Metrics {
    /** Of all code, then of new code. */
    public static final List<String> ALL = List.of(
            "coverage",
            "bugs",
            "vulnerabilities",
            "code_smells",
            "security_hotspots",
            "duplicated_lines_density",
            "ncloc",
            "tests",
            "reliability_rating",
            "security_rating",
            "sqale_rating",
            "new_coverage",
            "new_bugs",
            "new_vulnerabilities",
            "new_code_smells",
            "new_security_hotspots",
            "new_duplicated_lines_density",
            "new_lines",
            "new_reliability_rating",
            "new_security_rating",
            "new_maintainability_rating");

    private Metrics() {}
}
