package io.jenkins.plugins.shera.build.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.shera.build.source.Revision;
import org.junit.jupiter.api.Test;

class MavenCommandTest {
    private static final Revision COMMIT = new Revision("c".repeat(40), 1_700_000_000, true);
    private static final String TIME = "-Dproject.build.outputTimestamp=2023-11-14T22:13:20Z";

    @Test
    void givesArchivesTheTimeOfTheCommit() {
        assertThat(MavenCommand.parse("mvn -q package").arguments(true, COMMIT))
                .containsExactly("mvn", "-B", "-Dstyle.color=never", TIME, "-q", "package");
        assertThat(MavenCommand.parse("package -Dproject.build.outputTimestamp=1")
                        .arguments(false, COMMIT))
                .containsExactly("mvn", "-B", "-Dstyle.color=never", "package", "-Dproject.build.outputTimestamp=1");
        assertThat(MavenCommand.parse("package").arguments(false, new Revision("", 0, false)))
                .containsExactly("mvn", "-B", "-Dstyle.color=never", "package");
    }

    @Test
    void prefersTheWrapperOfTheSource() {
        assertThat(MavenCommand.parse("package").arguments(true, COMMIT)).startsWith("sh", "./mvnw", "-B");
        assertThat(MavenCommand.parse("./mvnw package").arguments(true, COMMIT)).startsWith("sh", "./mvnw");
        assertThatThrownBy(() -> MavenCommand.parse("./mvnw package").arguments(false, COMMIT))
                .hasMessage("The Maven command asks for ./mvnw, and the source has none: use mvn.");
    }

    @Test
    void readsQuotesAndExpandsNothing() {
        assertThat(MavenCommand.parse("mvn -Dx='a b' \"-Dy=$HOME `id`\" verify").arguments(false, COMMIT))
                .contains("-Dx=a b", "-Dy=$HOME `id`", "verify");
    }

    @Test
    void refusesWhatOnlyAShellUnderstands() {
        assertThatThrownBy(() -> MavenCommand.parse("mvn package && rm -rf /"))
                .hasMessage(
                        "The Maven command holds '&&', which only a shell understands, and none is used: give one Maven"
                                + " command, and use sh for the rest.");
        assertThatThrownBy(() -> MavenCommand.parse("mvn"))
                .hasMessage("The Maven command names no goal: give it like mvn -q package.");
        assertThatThrownBy(() -> MavenCommand.parse("mvn 'x"))
                .hasMessage("A quote ' in the Maven command is not closed.");
    }
}
