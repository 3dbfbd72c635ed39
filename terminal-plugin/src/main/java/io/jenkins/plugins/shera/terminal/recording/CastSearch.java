package io.jenkins.plugins.shera.terminal.recording;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Looks for words in what a recording shows, so many bytes at a time. */
public final class CastSearch {
    private static final int MOST_HITS = 100;
    private static final int LONGEST = 200;
    /** What is read again from before, so that a line over the border of two calls is found. */
    private static final int AGAIN = 16 * 1024;

    private CastSearch() {}

    /**
     * A line that has the words.
     *
     * @param at seconds since the beginning, when it was whole
     */
    public record Hit(double at, String line) {}

    /**
     * What was found.
     *
     * @param next where to go on
     * @param last whether all has been looked at
     */
    public record Found(List<Hit> hits, long next, boolean last) {}

    /** Lines with these words, large and small letters alike, in about so many bytes from an offset on. */
    public static Found find(CastFile file, String words, long from, long budget) throws IOException {
        String wanted = words.toLowerCase(Locale.ROOT);
        List<Hit> hits = new ArrayList<>();
        PlainText text = new PlainText();
        long start = Math.max(0, from - AGAIN);
        CastFile.Line event = file.line(start == 0 ? 0 : border(file, start));
        long next = event == null ? from : event.offset();
        double at = 0;
        while (event != null && event.offset() < from + budget && hits.size() < MOST_HITS) {
            if (event.kind().equals("o")) {
                at = event.at();
                for (int index = 0; index < event.text().length(); index++) {
                    if (text.take(event.text().charAt(index))) {
                        look(text, wanted, event.next() > from, at, hits);
                    }
                }
            }
            next = event.next();
            event = file.line(next);
        }
        if (event == null) {
            look(text, wanted, true, at, hits);
        }
        return new Found(hits, next, event == null);
    }

    private static long border(CastFile file, long offset) throws IOException {
        CastFile.Piece piece = file.piece(offset, 1);
        return piece.next() - piece.bytes().length;
    }

    private static void look(PlainText text, String wanted, boolean counts, double at, List<Hit> hits) {
        String line = text.line();
        int found = line.toLowerCase(Locale.ROOT).indexOf(wanted);
        if (found >= 0 && counts) {
            int begin = Math.max(0, Math.min(found - LONGEST / 4, line.length() - LONGEST));
            hits.add(new Hit(at, line.substring(begin, Math.min(line.length(), begin + LONGEST))));
        }
        text.fresh();
    }
}
