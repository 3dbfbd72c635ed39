package io.jenkins.plugins.shera.build.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever stands in a Dockerfile, it is read or refused with a line, and nothing else happens. */
@Timeout(120)
class HostileDockerfilesTest {
    private static final List<String> PIECES = List.of(
            "FROM scratch\n",
            "FROM scratch AS a\n",
            "FROM a\n",
            "FROM ",
            "ARG X=1\n",
            "ARG ",
            "ENV A=b C=\"d e\"\n",
            "ENV ",
            "COPY a b\n",
            "COPY --from=a [\"x\", \"y\"]\n",
            "COPY --chown=0:0 --chmod=755 a /b\n",
            "COPY ../../etc/passwd /\n",
            "ADD http://127.0.0.1/x /\n",
            "LABEL io.shera.quality.gate=OK\n",
            "LABEL ",
            "HEALTHCHECK --interval=1s CMD true\n",
            "RUN id\n",
            "RUN --mount=type=bind <<EOF\nid\nEOF\n",
            "ENTRYPOINT [\"a\", \"b\"]\n",
            "CMD ",
            "# syntax=docker/dockerfile:1\n",
            "# escape=`\n",
            "\\\n",
            "`\n",
            "\\",
            "\"",
            "'",
            "$",
            "${",
            "${X:-${Y:-${Z}}}",
            "${X:?no}",
            "$(id)",
            "`id`",
            "[",
            "]",
            "{\"a\":",
            "\0",
            "\r\n",
            "\t",
            "\ufeff",
            "\u202e",
            "ＦＲＯＭ scratch\n",
            "<<EOF\n",
            "#",
            "=",
            " ",
            "\n");

    @Test
    void isReadOrRefusedWithALine() {
        Random random = new Random(5);
        int read = 0;
        for (int i = 0; i < 100_000; i++) {
            StringBuilder text = new StringBuilder(random.nextBoolean() ? "FROM scratch\n" : "");
            for (int j = random.nextInt(12); j >= 0; j--) {
                text.append(PIECES.get(random.nextInt(PIECES.size())));
            }
            Throwable thrown = catchThrowable(() -> Dockerfile.parse(text.toString()));
            if (thrown == null) {
                read++;
                continue;
            }
            assertThat(thrown).as(text.toString()).isInstanceOf(DockerfileException.class);
            assertThat(thrown.getMessage())
                    .as(text.toString())
                    .startsWith("Dockerfile")
                    .hasSizeLessThan(1_500)
                    .doesNotContain("\0", "\u202e");
        }
        assertThat(read).as("some of them are Dockerfiles").isGreaterThan(1_000);
    }

    @Test
    void isBoundedInTimeAndMessage() {
        for (String piece : List.of(
                "a",
                "\\\n",
                "${",
                "\"",
                "[",
                "[\"a\",",
                "FROM scratch\n",
                "ARG A\n",
                "${A:-",
                "#\n",
                "<<E\n",
                "\t",
                "--x=y ")) {
            for (String head : List.of("", "FROM scratch\nCOPY ", "FROM scratch\nENV A=", "FROM scratch\nCMD ")) {
                String text = head + piece.repeat(500_000 / piece.length());
                Throwable thrown = catchThrowable(() -> Dockerfile.parse(text));
                if (thrown != null) {
                    assertThat(thrown).as(head + piece).isInstanceOf(DockerfileException.class);
                    assertThat(thrown.getMessage()).as(head + piece).hasSizeLessThan(1_500);
                }
            }
        }
    }
}
