package io.jenkins.plugins.shera.build.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BuildContextTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "*.jar, a.jar, true",
        "*.jar, x/a.jar, false",
        "**/*.jar, x/y/a.jar, true",
        "**/*.jar, a.jar, true",
        "a?c, abc, true",
        "[a-c]x, bx, true",
        "[^a-c]x, bx, false",
        "target/**, target/x/y, true",
        "a*b*c, aXbYbZc, true",
        "a*b*c, aXbYbZ, false"
    })
    void matchesPatterns(String pattern, String path, boolean fits) {
        assertThat(new PathPattern(pattern).matches(path)).isEqualTo(fits);
    }

    @Test
    void isNotSlowedDownByAHostilePattern() {
        assertThat(new PathPattern("*a".repeat(500) + "b").matches("a".repeat(5000)))
                .isFalse();
    }

    @Test
    void lastIgnoreRuleDecides() throws IOException {
        IgnoreRules rules = new IgnoreRules(List.of("# remark", "target", "!target/*.jar", "**/*.tmp", "/secret/"));

        assertThat(rules.ignores("target/classes/A.class")).isTrue();
        assertThat(rules.ignores("target/app.jar")).isFalse();
        assertThat(rules.ignores("a/b/c.tmp")).isTrue();
        assertThat(rules.ignores("secret/key")).isTrue();
        assertThat(rules.ignores("src/main")).isFalse();
    }

    @Test
    void neverLeavesTheContext() throws IOException {
        Path root = Files.createDirectories(folder.resolve("context"));
        Files.writeString(folder.resolve("secret"), "s");
        Files.createSymbolicLink(root.resolve("out"), folder.resolve("secret"));
        Files.createSymbolicLink(root.resolve("outside"), folder);
        BuildContext context = new BuildContext(root, root.resolve("Dockerfile"));

        assertThatThrownBy(() -> context.find("../secret"))
                .hasMessage("'../secret' leads out of the build context: name a path below it.");
        assertThatThrownBy(() -> context.find("a/../../secret")).hasMessageContaining("leads out of the build context");
        assertThatThrownBy(() -> context.find("out"))
                .hasMessage("'out' is a link that leads out of the build context: copy the file into it.");
        assertThatThrownBy(() -> context.find("outside/secret")).hasMessageContaining("leads out of the build context");
        assertThatThrownBy(() -> context.find("o*")).hasMessageContaining("leads out of the build context");
        assertThatThrownBy(() -> context.find("out*/sec*")).hasMessageContaining("leads out of the build context");
    }
}
