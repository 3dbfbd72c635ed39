package io.jenkins.plugins.shera.harness.pages;

import hudson.model.Run;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.Charset;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerResponse2;

/** The log in pieces as it grows, by the protocol of Jenkins: {@code start} in; {@code X-Text-Size} and {@code X-More-Data} out. */
public final class LogPages {
    private static final int CHUNK = 512 * 1024;
    private final Run<?, ?> run;

    LogPages(Run<?, ?> run) {
        this.run = run;
    }

    /** From byte {@code start} on, at most 512 kB and never half a character. */
    public void doProgressiveText(StaplerResponse2 response, @QueryParameter String start) throws IOException {
        long from = start == null || start.isEmpty() ? 0 : number(start);
        boolean running = run.isBuilding() || run.isLogUpdated();
        File file = run.getLogFile();
        byte[] piece = new byte[0];
        long size = file.isFile() ? file.length() : 0;
        if (from > size) {
            from = 0;
        }
        if (size > from) {
            try (RandomAccessFile log = new RandomAccessFile(file, "r")) {
                piece = new byte[(int) Math.min(CHUNK, size - from)];
                log.seek(from);
                log.readFully(piece);
            }
        }
        boolean more = running || from + piece.length < size;
        int whole = more ? endOfLastLine(piece) : piece.length;
        Charset charset = run.getCharset();
        response.setContentType("text/plain;charset=UTF-8");
        response.setHeader("X-Text-Size", Long.toString(from + whole));
        if (more) {
            response.setHeader("X-More-Data", "true");
        }
        String text = new String(piece, 0, whole, charset);
        response.getWriter().write(text);
    }

    private static long number(String start) {
        if (!start.matches("[0-9]{1,18}")) {
            throw HttpResponses.error(400, "start takes the number of the byte to begin with");
        }
        return Long.parseLong(start);
    }

    private static int endOfLastLine(byte[] piece) {
        for (int i = piece.length; i > 0; i--) {
            if (piece[i - 1] == '\n') {
                return i;
            }
        }
        return piece.length < CHUNK ? 0 : piece.length;
    }
}
