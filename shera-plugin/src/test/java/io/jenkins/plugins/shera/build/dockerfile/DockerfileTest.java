package io.jenkins.plugins.shera.build.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DockerfileTest {
    /** Lines of a here-document look like instructions, above all Python's. */
    @Test
    void theOutlineOfAFileThatOthersBuildHasItsStagesAlone() throws Exception {
        Dockerfile outline = Dockerfile.outline(
                """
                # syntax=docker/dockerfile:1
                ARG VERSION=17
                FROM --platform=$BUILDPLATFORM builder:1 AS made
                RUN --mount=type=cache,target=/root python3 - <<EOF && cat <<-'MORE' \\
                    > /x
                FROM nowhere
                EOF
                FROM neither
                \tMORE
                COPY --link <<one.txt <<two.txt /files/
                from os import path
                one.txt
                FROM at all
                two.txt
                RUN echo $((1 << 2)) <<< here
                FROM jre:$VERSION AS last
                NEWER instruction --that=nobody knows
                """);

        assertThat(outline.stages()).extracting(Stage::base).containsExactly("builder:1", "jre:$VERSION");
        assertThat(outline.stages()).extracting(Stage::name).containsExactly("made", "last");
        assertThat(outline.arguments()).hasSize(1);
        assertThat(Dockerfile.outline("FROM a\nRUN cat <<NEVER\nFROM b\n").stages())
                .as("nothing ends it, so it is none")
                .hasSize(2);
        assertThatThrownBy(() -> Dockerfile.outline("RUN x\n")).hasMessageContaining("there is no FROM");
    }

    @Test
    void readsStagesWithNamesAndLines() throws Exception {
        Dockerfile file = Dockerfile.parse("# syntax=docker/dockerfile:1\n\nARG V=1\nFROM a:$V AS Build\n"
                + "COPY a \\\n  # a remark in between\n\n  b /x/\nfrom scratch\nCMD [\"a\", \"b c\"]\n");

        assertThat(file.arguments()).hasSize(1);
        assertThat(file.stages()).extracting(Stage::name).containsExactly("build", "");
        Instruction copy = file.stages().get(0).instructions().get(0);
        assertThat(copy.line()).isEqualTo(5);
        assertThat(copy.words()).containsExactly("a", "b", "/x/");
        Instruction command = file.stages().get(1).instructions().get(0);
        assertThat(command.line()).isEqualTo(10);
        assertThat(command.execForm()).hasValue(List.of("a", "b c"));
        assertThat(file.stage("BUILD", 1)).hasValue(0);
        assertThat(file.stage("build", 0)).isEmpty();
    }

    @Test
    void takesAnotherEscapeCharacterWhenTold() throws Exception {
        Dockerfile file = Dockerfile.parse("# escape=`\nFROM a\nCOPY a `\n  C:\\x\\\n");

        assertThat(file.stages().get(0).instructions().get(0).words()).containsExactly("a", "C:\\x\\");
    }

    @Test
    void refusesRunAndNamesTheBuildersThatWillTakeIt() {
        refuses(
                "FROM a\n\nRUN apt-get update \\\n && true\n",
                "Dockerfile, line 3: RUN needs a container to run in, and the daemonless builder has none. Do this work before"
                        + " the image is built (in Maven or another step), bring its result as the base image, or build"
                        + " on an agent with docker or buildah.");
    }

    @Test
    void saysWhatIsWrongAndWhere() {
        refuses("", "Dockerfile: there is no FROM in it: begin with FROM and the image to build on.");
        refuses("ENV a=b\nFROM a", "Dockerfile, line 1: only ARG may stand before the first FROM.");
        refuses("FROM a\nCOPPY a b", "Dockerfile, line 2: there is no instruction 'COPPY'.");
        refuses("FROM a b c d", "Dockerfile, line 1: FROM takes an image, and a name after AS: FROM image AS name.");
        refuses(
                "FROM a\nCOPY --link a b",
                "Dockerfile, line 2: COPY does not take '--link' here; it takes --chmod=..., --chown=..., --from=....");
        refuses(
                "FROM a\nCOPY <<EOF /x\nhello\nEOF",
                "Dockerfile, line 2: here-documents are not taken: put the text into a file of the context and copy that.");
        refuses("FROM a\nUSER", "Dockerfile, line 2: USER needs something after it.");
        refuses("FROM a\nENV \u0000=b", "Dockerfile, line 2: it holds a NUL byte and is no text.");
    }

    @Test
    void refusesEndlessFiles() {
        refuses("FROM a\n" + "#".repeat(Lexer.LONGEST), "Dockerfile: it is longer than 1048576 characters.");
        assertThatThrownBy(() -> Dockerfile.parse("FROM a\n".repeat(2001)))
                .hasMessageContaining("there are more than 2000 instructions");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "$A|one",
                "x${A}y|xoney",
                "${B:-two}|two",
                "${E:-two}|two",
                "${E-two}|``",
                "${A:+set}|set",
                "${B:+set}|``",
                "${B:-${A}}|one",
                "'$A'|$A",
                "\"$A b\"|one b",
                "\\$A|$A",
                "a\\ b|a b",
                "$|$"
            })
    void putsValuesInTheirPlaces(String word, String expected) throws Exception {
        Instruction instruction = Dockerfile.parse("FROM a\nUSER x")
                .stages()
                .get(0)
                .instructions()
                .get(0);

        assertThat(Expansion.of(instruction, word, Map.of("A", "one", "E", ""))).isEqualTo(expected);
    }

    @Test
    void refusesWhatItDoesNotUnderstandInBraces() throws Exception {
        Instruction instruction = Dockerfile.parse("FROM a\nUSER x")
                .stages()
                .get(0)
                .instructions()
                .get(0);

        assertThatThrownBy(() -> Expansion.of(instruction, "${A%x}", Map.of()))
                .hasMessage("Dockerfile, line 2: ${A%x} is not understood: only ${name}, ${name:-default} and"
                        + " ${name:+alternative} are.");
        assertThatThrownBy(() -> Expansion.of(instruction, "${A", Map.of())).hasMessageContaining("is not closed");
    }

    private static void refuses(String text, String message) {
        assertThatThrownBy(() -> Dockerfile.parse(text))
                .isInstanceOf(DockerfileException.class)
                .hasMessage(message);
    }
}
