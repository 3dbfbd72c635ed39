package io.jenkins.plugins.shera.nginx.edits;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Two texts that came of one, line by line: what only one side changed is taken, and where both changed the same lines, or lines that
 * touch, the conflict is told and never decided. The method is diff3's (S. Khanna, K. Kunal, B. Pierce: A Formal Investigation of Diff3, 2007).
 *
 * @param chunks the whole text, in order
 */
public record ThreeWay(List<Chunk> chunks) {
    private static final int SHOWN = 3;

    /** Who changed a chunk. */
    public enum Who {
        /** Nobody. */
        NOBODY,
        /** What is made anew, alone. */
        MADE,
        /** A hand, alone. */
        HAND,
        /** Both, to the same. */
        BOTH,
        /** Both, to different lines. */
        CONFLICT
    }

    /**
     * Lines that were changed by the same.
     *
     * @param base as they were
     * @param made as they are made now
     * @param hand as the hand left them
     */
    public record Chunk(Who who, List<String> base, List<String> made, List<String> hand) implements Serializable {
        /** Copies the lines. */
        public Chunk {
            base = new ArrayList<>(base);
            made = new ArrayList<>(made);
            hand = new ArrayList<>(hand);
        }
    }

    /** Copies the chunks. */
    public ThreeWay {
        chunks = List.copyOf(chunks);
    }

    /** Compares both with what they came of. */
    public static ThreeWay of(String base, String made, String hand) {
        List<String> was = lines(base);
        return new Weave(was, lines(made), lines(hand)).chunks();
    }

    /** Whether nothing has to be decided by a person. */
    public boolean isClean() {
        return chunks.stream().noneMatch(chunk -> chunk.who() == Who.CONFLICT);
    }

    /**
     * The text with the changes of both.
     *
     * @throws IllegalStateException if it is not clean
     */
    public String merged() {
        if (!isClean()) {
            throw new IllegalStateException("a conflict cannot be merged");
        }
        return text(chunks.stream()
                .map(chunk -> chunk.who() == Who.MADE ? chunk.made() : chunk.hand())
                .flatMap(List::stream)
                .toList());
    }

    /** What the hand wrote, or took away, where both conflict: a few lines of it, for people. */
    public String conflicts() {
        List<String> lines = new ArrayList<>();
        for (Chunk chunk : chunks) {
            if (chunk.who() == Who.CONFLICT) {
                List<String> written = new ArrayList<>(chunk.hand());
                written.removeAll(chunk.base());
                lines.addAll(written.isEmpty() ? chunk.base() : written);
            }
        }
        return lines.stream()
                .map(String::strip)
                .filter(line -> line.length() > 1)
                .limit(SHOWN)
                .collect(Collectors.joining(" "));
    }

    static List<String> lines(String text) {
        List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
        if (lines.get(lines.size() - 1).isEmpty()) {
            lines.remove(lines.size() - 1);
        }
        return lines;
    }

    private static String text(List<String> lines) {
        return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
    }

    /** Walks over the changes of both sides at once. */
    private static final class Weave {
        private final List<String> base;
        private final List<String> made;
        private final List<String> hand;
        private final List<AbstractDelta<String>> ofMade;
        private final List<AbstractDelta<String>> ofHand;
        private final List<Chunk> chunks = new ArrayList<>();
        private int nextMade;
        private int nextHand;

        Weave(List<String> base, List<String> made, List<String> hand) {
            this.base = base;
            this.made = made;
            this.hand = hand;
            this.ofMade = DiffUtils.diff(base, made).getDeltas();
            this.ofHand = DiffUtils.diff(base, hand).getDeltas();
        }

        ThreeWay chunks() {
            int at = 0;
            int shiftMade = 0;
            int shiftHand = 0;
            while (nextMade < ofMade.size() || nextHand < ofHand.size()) {
                int from = Math.min(from(ofMade, nextMade), from(ofHand, nextHand));
                same(at, from);
                int firstMade = nextMade;
                int firstHand = nextHand;
                int to = reach(from);
                boolean changedMade = nextMade > firstMade;
                boolean changedHand = nextHand > firstHand;
                int grownMade = grown(ofMade, firstMade, nextMade);
                int grownHand = grown(ofHand, firstHand, nextHand);
                List<String> nowMade = made.subList(from + shiftMade, to + shiftMade + grownMade);
                List<String> nowHand = hand.subList(from + shiftHand, to + shiftHand + grownHand);
                Who who = !changedHand
                        ? Who.MADE
                        : !changedMade ? Who.HAND : nowMade.equals(nowHand) ? Who.BOTH : Who.CONFLICT;
                chunks.add(new Chunk(who, base.subList(from, to), nowMade, nowHand));
                shiftMade += grownMade;
                shiftHand += grownHand;
                at = to;
            }
            same(at, base.size());
            return new ThreeWay(chunks);
        }

        /** Takes every change of either side that touches those from here on; where the last of them ends in the base. */
        private int reach(int from) {
            int to = from;
            boolean more = true;
            while (more) {
                more = false;
                while (from(ofMade, nextMade) <= to) {
                    to = Math.max(to, end(ofMade.get(nextMade++)));
                    more = true;
                }
                while (from(ofHand, nextHand) <= to) {
                    to = Math.max(to, end(ofHand.get(nextHand++)));
                    more = true;
                }
            }
            return to;
        }

        private void same(int from, int to) {
            if (from < to) {
                List<String> lines = base.subList(from, to);
                chunks.add(new Chunk(Who.NOBODY, lines, lines, lines));
            }
        }

        private static int from(List<AbstractDelta<String>> deltas, int index) {
            return index < deltas.size() ? deltas.get(index).getSource().getPosition() : Integer.MAX_VALUE;
        }

        private static int end(AbstractDelta<String> delta) {
            return delta.getSource().getPosition() + delta.getSource().size();
        }

        private static int grown(List<AbstractDelta<String>> deltas, int from, int to) {
            int grown = 0;
            for (int i = from; i < to; i++) {
                grown += deltas.get(i).getTarget().size()
                        - deltas.get(i).getSource().size();
            }
            return grown;
        }
    }
}
