package io.jenkins.plugins.shera.oci.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever is given as an image's name, what comes through holds only what names may hold, and reads back as itself. */
@Timeout(120)
class HostileReferencesTest {
    private static final List<String> PIECES = List.of(
            "shop",
            "cart",
            "/",
            ":",
            "@",
            ".",
            "..",
            "-",
            "--",
            "_",
            "__",
            "___",
            "localhost",
            "registry.example.org",
            ":5000",
            ":99999999",
            "[::1]",
            "sha256:",
            "0".repeat(64),
            "a".repeat(300),
            "$(id)",
            "`id`",
            ";id",
            "|",
            "&",
            "\n",
            "\r\n",
            "\0",
            " ",
            "%2f",
            "\\",
            "'",
            "\"",
            "<script>",
            "ｓｈｏｐ",
            "с",
            "\u202e",
            "\ud800",
            "İ",
            "--upload-pack=id",
            "$HOME",
            "${x}");

    private static String hostile(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(9); i >= 0; i--) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }

    private static boolean refusedOr(Supplier<?> read, String text) {
        Throwable thrown = catchThrowable(read::get);
        if (thrown == null) {
            return false;
        }
        assertThat(thrown).as(text).isInstanceOf(IllegalArgumentException.class);
        assertThat(thrown.getMessage()).as("a message of one printable line").matches("[ -~\\n]{10,900}");
        return true;
    }

    @Test
    void onlyWhatTheGrammarHasComesThrough() {
        Random random = new Random(6);
        int taken = 0;
        for (int i = 0; i < 200_000; i++) {
            String text = hostile(random);
            if (!refusedOr(() -> ImageReference.parse(text), text)) {
                taken++;
                ImageReference read = ImageReference.parse(text);
                assertThat(read.toString()).matches("[A-Za-z0-9\\[][A-Za-z0-9_./:@\\[\\]-]*");
                assertThat(ImageReference.parse(read.toString()).toString()).isEqualTo(read.toString());
                assertThat(read.repository()).doesNotContain("..").doesNotStartWith("-");
            }
            refusedOr(() -> ImageReference.ofRepository(text), text);
            if (!refusedOr(() -> ImageReference.checkTag(text), text)) {
                assertThat(text).matches("[A-Za-z0-9_][A-Za-z0-9_.-]*");
            }
        }
        assertThat(taken).as("some of them are names").isGreaterThan(1_000);
    }

    @Test
    void aNameOfAMegabyteIsRefusedAtOnce() {
        for (String piece : List.of("a", "a/", "a-", "a.", "_", "a__", ":", "@", "[")) {
            String text = piece.repeat(1_000_000 / piece.length());
            assertThat(refusedOr(() -> ImageReference.parse(text), piece)).isTrue();
            assertThat(refusedOr(() -> ImageReference.ofRepository(text), piece))
                    .isTrue();
            assertThat(refusedOr(() -> ImageReference.checkTag(text), piece)).isTrue();
        }
    }
}
