package io.jenkins.plugins.shera.build.sonar;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How a scanner is started: by argument vector, the token in its environment alone. */
public final class ScannerCommand {
    /** The goal that is added to the Maven build; of the scanner for Maven, whose version is fixed. */
    public static final String GOAL = "org.sonarsource.scanner.maven:sonar-maven-plugin:5.8.0.7211:sonar";

    private static final int MOST_PROPERTIES = 100;

    private final String server;
    private final String projectKey;
    private final String revision;
    private final TreeMap<String, String> extra;

    /** {@code revision} may be empty where there is no version control; {@code extra} was checked by {@link #check}. */
    public ScannerCommand(String server, String projectKey, String revision, Map<String, String> extra) {
        this.server = SonarAddress.check(server);
        this.projectKey = projectKey;
        this.revision = revision;
        this.extra = new TreeMap<>(extra);
    }

    /** Refuses a key SonarQube would not take, and extra properties that are ours or none of the scanner's. */
    public static void check(String projectKey, Map<String, String> extra) {
        if (projectKey == null || !projectKey.matches("[A-Za-z0-9_.:-]{1,400}") || projectKey.matches("[0-9]+")) {
            throw new IllegalArgumentException(
                    "projectKey is not a key of SonarQube: letters, digits, '-', '_', '.' and ':', and not digits alone.");
        }
        if (extra.size() > MOST_PROPERTIES) {
            throw new IllegalArgumentException("There are more than " + MOST_PROPERTIES + " properties.");
        }
        extra.forEach((name, value) -> {
            if (!name.matches("[A-Za-z0-9_.-]{0,200}sonar\\.[A-Za-z0-9_.-]{1,200}")) {
                throw new IllegalArgumentException("The property '" + name.replaceAll("[^ -~]", "?")
                        + "' is none of the scanner's: they begin with sonar.");
            }
            if (ScannerProperties.isOurs(name)) {
                throw new IllegalArgumentException(
                        "The property " + name + " is set by SheRa alone, or the quality gate could be that of another"
                                + " project, commit or server: leave it out.");
            }
            if (value.length() > 4000 || value.indexOf('\0') >= 0 || value.indexOf('\n') >= 0) {
                throw new IllegalArgumentException("The property " + name + " is too long, or holds a line break.");
            }
        });
    }

    /**
     * The words that follow the goals of the Maven build: the scanner for Maven writes what it finds to a file, asks no
     * server, and so needs no token. Code that the source brings along runs there.
     *
     * @param version the server's, which is not asked for it
     */
    public List<String> mavenWords(String file, String version) {
        List<String> words = new ArrayList<>();
        words.add(GOAL);
        words.addAll(properties());
        words.add("-Dsonar.scanner.internal.dumpToFile=" + file);
        words.add("-Dsonar.scanner.internal.sqVersion=" + version);
        return words;
    }

    /** The command that analyses what the scanner for Maven wrote down; {@code settings} is a file of it, {@code folder} for its own. */
    public List<String> described(String java, String jar, MavenFindings findings, String settings, String folder) {
        List<String> words = new ArrayList<>(List.of(java, "-jar", jar));
        words.addAll(properties());
        words.add("-Dproject.settings=" + settings);
        words.add("-Dsonar.projectBaseDir=" + findings.base());
        words.add("-Dsonar.working.directory=" + folder);
        return words;
    }

    /** What every scanner is told, and what the one for Maven must have kept. */
    public Map<String, String> said() {
        Map<String, String> said = new TreeMap<>(Map.of("sonar.projectKey", projectKey, "sonar.host.url", server));
        if (!revision.isEmpty()) {
            said.put("sonar.scm.revision", revision);
        }
        return said;
    }

    /** The whole command for a project without Maven; {@code jar} is the scanner's. */
    public List<String> alone(String java, String jar, String folder) {
        List<String> words = new ArrayList<>(List.of(java, "-jar", jar));
        words.addAll(properties());
        words.add("-Dsonar.projectBaseDir=" + folder);
        words.add("-Dsonar.working.directory=.scannerwork");
        if (!extra.containsKey("sonar.sources")) {
            words.add("-Dsonar.sources=.");
        }
        return words;
    }

    private List<String> properties() {
        List<String> words = new ArrayList<>();
        extra.forEach((name, value) -> words.add("-D" + name + "=" + value));
        said().forEach((name, value) -> words.add("-D" + name + "=" + value));
        return words;
    }

    /** What the scanner for Maven needs in its environment; ways around our properties are closed. */
    public Map<String, String> mavenEnvironment() {
        Map<String, String> environment = new TreeMap<>();
        environment.put("SONAR_HOST_URL", server);
        environment.put("SONAR_SCANNER_JSON_PARAMS", "{}");
        environment.put("SONARQUBE_SCANNER_PARAMS", "{}");
        return environment;
    }

    /** The same for the scanner that sends the report, which alone is given the token. */
    public Map<String, String> environment(String token) {
        Map<String, String> environment = new TreeMap<>(mavenEnvironment());
        if (!token.isEmpty()) {
            environment.put("SONAR_TOKEN", token);
        }
        // A JVM would load an agent named there, and an agent reads the environment.
        for (String options : SettingsScan.JAVA_OPTIONS) {
            environment.put(options, "");
        }
        return environment;
    }
}
