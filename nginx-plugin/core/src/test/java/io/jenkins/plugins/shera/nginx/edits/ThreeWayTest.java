package io.jenkins.plugins.shera.nginx.edits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.shera.nginx.edits.ThreeWay.Who;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ThreeWayTest {
    private static final String BASE = "a\nb\nc\nd\ne\nf\n";

    @Test
    void takesWhatEitherSideChanged() {
        ThreeWay both = ThreeWay.of(BASE, "a\nB\nc\nd\ne\nf\n", "a\nb\nc\nd\ne\nx\nf\n");

        assertThat(both.merged()).isEqualTo("a\nB\nc\nd\ne\nx\nf\n");
        assertThat(both.chunks()).extracting(ThreeWay.Chunk::who).contains(Who.MADE, Who.HAND);
    }

    @Test
    void takesTheSameChangeOnce() {
        ThreeWay both = ThreeWay.of(BASE, "a\nb\nX\nd\ne\nf\n", "a\nb\nX\nd\ne\nf\n");

        assertThat(both.merged()).isEqualTo("a\nb\nX\nd\ne\nf\n");
    }

    @Test
    void decidesNoConflict() {
        ThreeWay both = ThreeWay.of(BASE, "a\nb\nmade anew\nd\ne\nf\n", "a\nb\nby hand\nd\ne\nf\n");

        assertThat(both.isClean()).isFalse();
        assertThat(both.conflicts()).isEqualTo("by hand");
        assertThatThrownBy(both::merged).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void callsInsertionsAtOnePlaceAConflict() {
        assertThat(ThreeWay.of(BASE, "a\nb\nmade\nc\nd\ne\nf\n", "a\nb\nhand\nc\nd\ne\nf\n")
                        .isClean())
                .isFalse();
    }

    @Test
    void worksOnEmptyTexts() {
        assertThat(ThreeWay.of("", "", "").merged()).isEmpty();
        assertThat(ThreeWay.of("", "a\n", "").merged()).isEqualTo("a\n");
        assertThat(ThreeWay.of("a\n", "a\n", "").merged()).isEmpty();
    }

    /** Laws: a side that changed nothing gives the other one; the sides' own texts can be read off the chunks; sides may be swapped. */
    @Test
    void keepsItsLawsOnAnyTexts() {
        Random random = new Random(7);
        for (int i = 0; i < 2000; i++) {
            String base = some(random, "");
            String made = some(random, base);
            String hand = some(random, base);
            ThreeWay both = ThreeWay.of(base, made, hand);

            assertThat(ThreeWay.of(base, base, hand).merged()).isEqualTo(hand);
            assertThat(ThreeWay.of(base, made, base).merged()).isEqualTo(made);
            assertThat(side(both, ThreeWay.Chunk::base)).isEqualTo(ThreeWay.lines(base));
            assertThat(side(both, ThreeWay.Chunk::made)).isEqualTo(ThreeWay.lines(made));
            assertThat(side(both, ThreeWay.Chunk::hand)).isEqualTo(ThreeWay.lines(hand));
            ThreeWay swapped = ThreeWay.of(base, hand, made);
            assertThat(swapped.isClean()).isEqualTo(both.isClean());
            if (both.isClean()) {
                assertThat(swapped.merged()).isEqualTo(both.merged());
            }
        }
    }

    private static List<String> side(ThreeWay both, java.util.function.Function<ThreeWay.Chunk, List<String>> which) {
        List<String> lines = new ArrayList<>();
        both.chunks().forEach(chunk -> lines.addAll(which.apply(chunk)));
        return lines;
    }

    /** A text of few different lines, or one near another. */
    private static String some(Random random, String near) {
        List<String> lines = new ArrayList<>(near.isEmpty() ? List.of() : ThreeWay.lines(near));
        int changes = near.isEmpty() ? random.nextInt(12) : random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(lines.size() + 1);
            if (!near.isEmpty() && random.nextBoolean() && at < lines.size()) {
                lines.remove(at);
            } else {
                lines.add(at, String.valueOf((char) ('a' + random.nextInt(6))));
            }
        }
        return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
    }
}
