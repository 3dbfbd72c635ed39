package io.jenkins.plugins.shera.build.steps;

import io.jenkins.plugins.shera.build.process.LocalPrograms;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;

/** Stands for Maven with the scanner for it, and for the Java that runs the scanner, where there is no real SonarQube to send a report to. */
final class FakeScanner {
    private FakeScanner() {}

    /**
     * Commits a wrapper that does what Maven with its scanner does in the end: it writes what it found to a file.
     *
     * @param more lines of shell before that
     * @param found lines of the file, {@code \n} between them
     */
    static void maven(Path origin, FakeSonar sonar, String more, String found) throws Exception {
        program(
                origin.resolve("mvnw"),
                "mkdir -p target && echo jar > target/shop-1.2.jar\n" + more
                        + "rev=; for word; do case \"$word\" in -Dsonar.scm.revision=*) rev=${word#-D};;"
                        + " -Dsonar.scanner.internal.dumpToFile=*) printf '" + found + "\\nsonar.host.url="
                        + sonar.url()
                        + "\\nsonar.projectBaseDir=%s\\nt\\\\:core.sonar.inclusions=a/**\\n%s\\n' \"$PWD\" \"$rev\" > \"${word#*=}\";;"
                        + " esac; done\n");
        QualityLab.commit(origin);
        sonar.revision = new LocalPrograms(origin)
                .run(List.of("git", "rev-parse", "HEAD"), Map.of(), false)
                .output()
                .trim();
    }

    /** The home of a Java that does what the scanner does in the end: it writes the report's file; and it tells what it was started with. */
    static Path java(Path folder, FakeSonar sonar) throws Exception {
        Files.createDirectories(folder.resolve("jdk/bin"));
        program(
                folder.resolve("jdk/bin/java"),
                "echo \"scanner's token ${SONAR_TOKEN:-none}, options ${JAVA_TOOL_OPTIONS:-none}\"\n"
                        + "for word; do case \"$word\" in"
                        + " -Dproject.settings=*) grep -q sonar.inclusions \"${word#*=}\" && echo 'has the findings';;"
                        + " -Dsonar.scanner.metadataFilePath=*) printf 'projectKey=shop\\nserverUrl=" + sonar.url()
                        + "\\nceTaskId=T1\\n' > \"${word#*=}\";; esac; done\n");
        return folder.resolve("jdk");
    }

    private static void program(Path file, String script) throws Exception {
        Files.writeString(file, "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
