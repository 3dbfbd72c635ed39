package io.jenkins.plugins.shera.oci.layer;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;

/** Writes POSIX ustar, with pax records for what ustar cannot say; every entry bears the same time unless another is given. */
public final class TarWriter implements Closeable {
    static final int BLOCK = 512;
    /** What the pax record of an extended attribute begins with, as star, GNU tar and docker write it. */
    static final String ATTRIBUTE = "SCHILY.xattr.";

    private static final long LARGEST_USTAR = 077777777777L;
    private static final long LARGEST_ID = 07777777L;

    private final OutputStream out;
    private final long seconds;
    private final byte[] buffer = new byte[64 * 1024];

    /** Writes to a stream that the caller closes. */
    public TarWriter(OutputStream out, Instant time) {
        this.out = out;
        this.seconds = Math.max(0, time.getEpochSecond());
    }

    /** Writes the head and exactly as many bytes as it announces. */
    public void add(TarEntry entry, InputStream content) throws IOException {
        add(entry, content, seconds);
    }

    /** The same with the time of its content, in seconds since 1970. */
    public void add(TarEntry entry, InputStream content, long written) throws IOException {
        String name = entry.name() + (entry.kind() == TarEntry.Kind.FOLDER ? "/" : "");
        String pax = pax("path", name, fits(name))
                + pax("linkpath", entry.link(), fits(entry.link()))
                + pax("size", Long.toString(entry.size()), entry.size() <= LARGEST_USTAR)
                + pax("uid", Long.toString(entry.userId()), entry.userId() <= LARGEST_ID)
                + pax("gid", Long.toString(entry.groupId()), entry.groupId() <= LARGEST_ID);
        if (!pax.isEmpty() || !entry.attributes().isEmpty()) {
            byte[] records = records(pax, entry.attributes());
            head("PaxHeader", 'x', 0644, 0, 0, records.length, "", written);
            out.write(records);
            pad(records.length);
        }
        head(
                name,
                entry.kind().flag(),
                entry.mode(),
                entry.userId(),
                entry.groupId(),
                entry.size(),
                entry.link(),
                written);
        if (entry.kind() == TarEntry.Kind.FILE) {
            copy(entry, content);
            pad(entry.size());
        }
    }

    private void copy(TarEntry entry, InputStream content) throws IOException {
        long left = entry.size();
        while (left > 0) {
            int read = content.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) {
                throw changed(entry);
            }
            out.write(buffer, 0, read);
            left -= read;
        }
        if (content.read() >= 0) {
            throw changed(entry);
        }
    }

    private static IOException changed(TarEntry entry) {
        return new IOException("The file for /" + entry.name() + " changed its size while it was read; build again.");
    }

    private void head(String name, char flag, int mode, long user, long group, long size, String link, long written)
            throws IOException {
        byte[] head = new byte[BLOCK];
        text(head, 0, 100, name);
        octal(head, 100, 8, mode);
        octal(head, 108, 8, user <= LARGEST_ID ? user : 0);
        octal(head, 116, 8, group <= LARGEST_ID ? group : 0);
        octal(head, 124, 12, size <= LARGEST_USTAR ? size : 0);
        octal(head, 136, 12, Math.max(0, Math.min(written, LARGEST_USTAR)));
        java.util.Arrays.fill(head, 148, 156, (byte) ' ');
        head[156] = (byte) flag;
        text(head, 157, 100, link);
        text(head, 257, 8, "ustar\00000");
        int sum = 0;
        for (byte b : head) {
            sum += b & 0xff;
        }
        octal(head, 148, 7, sum);
        out.write(head);
    }

    private void pad(long size) throws IOException {
        int over = (int) (size % BLOCK);
        if (over > 0) {
            out.write(new byte[BLOCK - over]);
        }
    }

    private static boolean fits(String text) {
        return text.length() <= 100 && StandardCharsets.US_ASCII.newEncoder().canEncode(text);
    }

    private static String pax(String key, String value, boolean fitsUstar) {
        if (fitsUstar) {
            return "";
        }
        String record = " " + key + "=" + value + "\n";
        return lengthOf(EntryNames.bytes(record).length) + record;
    }

    /** Of a record with its own length before it. */
    private static int lengthOf(int rest) {
        int length = rest + Integer.toString(rest).length();
        return rest + Integer.toString(length).length();
    }

    /** Values of attributes are bytes and no text. */
    private static byte[] records(String pax, Map<String, byte[]> attributes) {
        ByteArrayOutputStream records = new ByteArrayOutputStream();
        records.writeBytes(EntryNames.bytes(pax));
        attributes.forEach((key, value) -> {
            byte[] before = EntryNames.bytes(" " + ATTRIBUTE + key + "=");
            records.writeBytes(EntryNames.bytes(Integer.toString(lengthOf(before.length + value.length + 1))));
            records.writeBytes(before);
            records.writeBytes(value);
            records.write('\n');
        });
        return records.toByteArray();
    }

    private static void text(byte[] head, int from, int length, String text) {
        byte[] bytes = EntryNames.bytes(text);
        System.arraycopy(bytes, 0, head, from, Math.min(length, bytes.length));
    }

    /** As many digits as fit, zeros before them and a NUL behind. */
    private static void octal(byte[] head, int from, int length, long value) {
        long rest = value;
        head[from + length - 1] = 0;
        for (int at = from + length - 2; at >= from; at--) {
            head[at] = (byte) ('0' + (rest & 7));
            rest >>>= 3;
        }
    }

    /** Writes the end of the archive; the stream below is left open. */
    @Override
    public void close() throws IOException {
        out.write(new byte[2 * BLOCK]);
        out.flush();
    }
}
