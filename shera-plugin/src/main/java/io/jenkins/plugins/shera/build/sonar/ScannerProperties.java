package io.jenkins.plugins.shera.build.sonar;

import java.util.List;
import java.util.Locale;

/** Which of the scanner's properties are ours alone, and which narrow what is looked at. */
public final class ScannerProperties {
    /** Asked of the server; wildcards are not possible there. */
    static final List<String> NARROWING_KEYS = List.of(
            "sonar.exclusions",
            "sonar.inclusions",
            "sonar.test.exclusions",
            "sonar.test.inclusions",
            "sonar.coverage.exclusions",
            "sonar.cpd.exclusions",
            "sonar.global.exclusions",
            "sonar.issue.ignore.multicriteria",
            "sonar.issue.ignore.allfile",
            "sonar.issue.ignore.block",
            "sonar.issue.enforce.multicriteria");

    /** With any of these, a report would be another project's, another commit's, another server's, or none, or the token another's. */
    private static final List<String> OURS = List.of(
            "sonar.projectkey",
            "sonar.projectbasedir",
            "sonar.scm.revision",
            "sonar.scm.disabled",
            "sonar.host.url",
            "sonar.region",
            "sonar.login",
            "sonar.password",
            "sonar.token",
            "sonar.skip",
            "sonar.organization",
            "sonar.working.directory",
            "sonar.report.export.path",
            "sonar.projectdate",
            "sonar.projectconfigfile",
            // A program of the project's choice would be started with the token in its environment.
            "sonar.nodejs.executable",
            "sonar.userhome");

    private static final List<String> OUR_PREFIXES = List.of(
            "sonar.branch.",
            "sonar.pullrequest.",
            "sonar.scanner.",
            "sonar.analysis.",
            "sonar.ce.",
            "sonar.ws.",
            "sonar.qualitygate.",
            "sonar.maven.");

    private static final List<String> NARROWING = List.of(
            "sonar.sources",
            "sonar.tests",
            "sonar.modules",
            "sonar.skippedmodules",
            "sonar.scm.exclusions.disabled",
            "sonar.coverage.jacoco.xmlreportpaths",
            "sonar.java.binaries");

    private ScannerProperties() {}

    /** Whether only we may set it. */
    public static boolean isOurs(String name) {
        // A module's id may stand before: sonar-project.properties knows core.sonar.projectKey.
        String plain = plain(name);
        return OURS.contains(plain) || OUR_PREFIXES.stream().anyMatch(plain::startsWith);
    }

    /** Whether it leaves something out of the analysis, so that it is written down with the result. */
    public static boolean isNarrowing(String name) {
        String plain = plain(name);
        return NARROWING.contains(plain)
                || plain.endsWith(".exclusions")
                || plain.endsWith(".inclusions")
                || plain.startsWith("sonar.issue.");
    }

    private static String plain(String name) {
        String lower = name.strip().toLowerCase(Locale.ROOT);
        int at = lower.indexOf("sonar.");
        return at > 0 ? lower.substring(at) : lower;
    }
}
