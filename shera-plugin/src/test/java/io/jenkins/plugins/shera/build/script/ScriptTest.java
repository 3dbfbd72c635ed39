package io.jenkins.plugins.shera.build.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.ZonedDateTime;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScriptTest {
    @Test
    void whatIsWrittenIsReadBack() {
        BuildSettings settings = new BuildSettings("linux && jdk17")
                .set("image", "shop/cart")
                .set("git", "https://git.example.com/shop.git")
                .set("dockerfileText", "FROM x\nLABEL a='b' \\ \t$HOME ${x}")
                .set("properties", Map.of("sonar.exclusions", "gen/**, it's"))
                .set("maven", "")
                .set("timeout", 60);
        String script = ScriptWriter.write(settings);
        assertThat(script)
                .startsWith("pipeline {\n    agent { label 'linux && jdk17' }\n")
                .contains("    image: 'shop/cart',\n")
                .doesNotContain("maven");
        BuildSettings read = ScriptReader.read(script).orElseThrow();
        assertThat(read.values()).isEqualTo(settings.values());
        assertThat(read.agent()).isEqualTo("linux && jdk17");
        assertThat(ScriptReader.read(script.replace("\n", "\n  "))).isPresent();
    }

    @Test
    void aSwitchIsWrittenAndReadAsYesOrNo() {
        for (boolean sbom : new boolean[] {true, false}) {
            String script = ScriptWriter.write(
                    new BuildSettings("").set("image", "shop").set("sbom", sbom));
            assertThat(script).contains("\n                    sbom: " + sbom + "\n");
            assertThat(ScriptReader.read(script).orElseThrow().values()).containsEntry("sbom", sbom);
            assertThat(ScriptReader.read(script.replace("sbom: " + sbom, "sbom: params.SBOM")))
                    .isEmpty();
            assertThat(ScriptReader.read(script.replace("sbom: " + sbom, "sbom: '" + sbom + "'")))
                    .isEmpty();
        }
        assertThat(ScriptReader.read("sheraBuild(image: 'a', timeout: true)")).isEmpty();
    }

    @Test
    void noValueGetsOutOfItsQuotes() {
        for (String evil : new String[] {"'); sh 'id'; ('", "\\'); sh 'id'", "a\n'''\n", "\u0000\u2028${1+1}"}) {
            String script = ScriptWriter.write(new BuildSettings("").set("image", evil));
            assertThat(ScriptReader.read(script).orElseThrow().text("image")).isEqualTo(evil);
        }
        assertThatThrownBy(() -> new BuildSettings("x' }")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aScriptKeptByHandIsNotReadAsSettings() {
        String script = ScriptWriter.write(new BuildSettings("").set("image", "shop"));
        assertThat(ScriptReader.read(script.replace("steps {", "steps { echo 'x'")))
                .isEmpty();
        assertThat(ScriptReader.read(script.replace("'shop'", "\"${x}\""))).isEmpty();
        assertThat(ScriptReader.read(script.replace("image:", "unknown:"))).isEmpty();
        assertThat(ScriptReader.read("sheraBuild(")).isEmpty();
        assertThat(ScriptReader.read("")).isEmpty();
    }

    @Test
    void schedulesFitTheirMinutes() {
        ZonedDateTime monday = ZonedDateTime.parse("2026-11-23T02:30:00Z");
        assertThat(CronSchedule.parse("30 2 * * 1-5", "a").fits(monday)).isTrue();
        assertThat(CronSchedule.parse("*/15 2,4 23 11 *", "a").fits(monday)).isTrue();
        assertThat(CronSchedule.parse("30 2 * * 7", "a").fits(monday.minusDays(1)))
                .isTrue();
        assertThat(CronSchedule.parse("30 2 * * 2", "a").fits(monday)).isFalse();
        long times = java.util.stream.IntStream.range(0, 1440)
                .filter(minute ->
                        CronSchedule.parse("H/10 H(1-3) * * *", "shop").fits(monday.plusMinutes(minute)))
                .count();
        assertThat(times).isEqualTo(6);
        for (String wrong :
                new String[] {"* * * *", "60 * * * *", "a * * * *", "5-1 * * * *", "*/0 * * * *", "* * 0 * *"}) {
            assertThatThrownBy(() -> CronSchedule.parse(wrong, "a")).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
