package io.jenkins.plugins.shera.build.projects;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;

/** The log of a build in slices that end where a line or at least a character ends, without the notes Jenkins hides in it. */
public final class RunLog {
    /** The longest slice in bytes. */
    public static final int SLICE = 256 * 1024;

    private static final String NOTE = "\u001B[8m";
    private static final String NOTE_END = "\u001B[0m";
    private static final int LONGEST_CHARACTER = 4;

    private RunLog() {}

    /** A piece of the log, the byte after it, and whether more may come. */
    public record Slice(String text, long next, boolean more) {}

    /** What there is from a byte on, at most {@link #SLICE}; what is beyond the end is empty. */
    public static Slice read(WorkflowRun run, long start) throws IOException {
        boolean building = run.isBuilding();
        try (InputStream log = run.getLogInputStream()) {
            long from = skip(log, start);
            byte[] bytes = log.readNBytes(SLICE);
            boolean more = building || bytes.length == SLICE;
            int end = more ? end(bytes) : bytes.length;
            String text = new String(bytes, 0, end, StandardCharsets.UTF_8);
            return new Slice(plain(text), from + end, more);
        }
    }

    private static long skip(InputStream log, long start) throws IOException {
        long skipped = 0;
        while (skipped < start) {
            long now = log.skip(start - skipped);
            if (now <= 0) {
                break;
            }
            skipped += now;
        }
        return skipped;
    }

    /** After the last whole line; without one, after the last whole character that is in no unfinished note. */
    private static int end(byte[] bytes) {
        for (int i = bytes.length - 1; i >= 0; i--) {
            if (bytes[i] == '\n') {
                return i + 1;
            }
        }
        int end = bytes.length;
        for (int i = end - 1; i >= 0 && i > end - LONGEST_CHARACTER; i--) {
            int lead = bytes[i] & 0xFF;
            if (lead < 0x80) {
                break;
            }
            if (lead >= 0xC0) {
                int length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
                end = i + length > end ? i : end;
                break;
            }
        }
        String text = new String(Arrays.copyOf(bytes, end), StandardCharsets.ISO_8859_1);
        int note = text.lastIndexOf(NOTE);
        boolean open = note >= 0 && text.indexOf(NOTE_END, note) < 0;
        return open && (note > 0 || bytes.length < SLICE) ? note : end;
    }

    private static String plain(String text) {
        StringBuilder out = new StringBuilder();
        int at = 0;
        for (int begin = text.indexOf(NOTE); begin >= 0; begin = text.indexOf(NOTE, at)) {
            int end = text.indexOf(NOTE_END, begin);
            out.append(text, at, begin);
            if (end < 0) {
                return out.toString();
            }
            at = end + NOTE_END.length();
        }
        return out.append(text, at, text.length()).toString();
    }
}
