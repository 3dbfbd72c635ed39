package io.jenkins.plugins.shera.oci.layer;

import io.jenkins.plugins.shera.oci.image.Quoted;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads ustar, pax and GNU archives from a stream, entry by entry; what is damaged or meant to do harm is refused.
 *
 * <p>The stream is not closed. The content of an entry is read from this reader before the next call of {@link #next}.
 */
public final class TarReader extends InputStream {
    private static final int LONGEST_RECORDS = 1024 * 1024;

    private final InputStream in;
    private final Limits limits;
    private final Map<String, String> pax = new HashMap<>();
    private final Map<String, byte[]> attributes = new HashMap<>();
    private long left;
    private long padding;
    private long entries;
    private long total;
    private long written;

    /** Reads an archive that is not packed. */
    public TarReader(InputStream unpacked, Limits limits) {
        this.in = unpacked;
        this.limits = limits;
    }

    /** The next entry, or null at the end; the entry for the root itself is passed over. */
    public TarEntry next() throws IOException {
        while (true) {
            skipRest();
            byte[] head = head();
            if (head == null) {
                return null;
            }
            long size = number(head, 124, 12);
            char flag = (char) (head[156] & 0xff);
            if (flag == 'x' || flag == 'g') {
                readPax(record(size), flag == 'g');
            } else if (flag == 'L' || flag == 'K') {
                pax.put(flag == 'L' ? "path" : "linkpath", cString(record(size), 0, (int) size));
            } else {
                TarEntry entry = entry(head, flag, size);
                pax.clear();
                attributes.clear();
                if (entry != null) {
                    return entry;
                }
            }
        }
    }

    /** When the content of the entry that was given last was changed, in seconds since 1970. */
    public long written() {
        return written;
    }

    private TarEntry entry(byte[] head, char flag, long headSize) throws IOException {
        String raw = pax.getOrDefault("path", nameOf(head));
        String name = EntryNames.normalize(raw);
        TarEntry.Kind kind = kind(flag, raw);
        written = number(head, 136, 12);
        long size = pax.containsKey("size") ? decimal(pax.get("size")) : headSize;
        if (kind != TarEntry.Kind.FILE) {
            size = kind == TarEntry.Kind.HARD_LINK ? 0 : size;
        }
        count(size);
        left = size;
        padding = (TarWriter.BLOCK - size % TarWriter.BLOCK) % TarWriter.BLOCK;
        if (name.isEmpty()) {
            return null;
        }
        String link = pax.getOrDefault("linkpath", cString(head, 157, 100));
        if (kind == TarEntry.Kind.HARD_LINK) {
            link = EntryNames.normalize(link);
        } else if (kind != TarEntry.Kind.SYMLINK) {
            link = "";
        }
        long user = pax.containsKey("uid") ? decimal(pax.get("uid")) : number(head, 108, 8);
        long group = pax.containsKey("gid") ? decimal(pax.get("gid")) : number(head, 116, 8);
        TarEntry entry = TarEntry.of(
                        name, kind, (int) number(head, 100, 8), kind == TarEntry.Kind.FILE ? size : 0, link)
                .ownedBy(user, group);
        return attributes.isEmpty() ? entry : entry.withAttributes(attributes);
    }

    private void count(long size) throws LayerException {
        total += size;
        if (++entries > limits.entries()) {
            throw new LayerException("The layer holds more than " + limits.entries() + " files.");
        }
        if (size < 0 || total > limits.bytes()) {
            throw new LayerException("The layer unpacks to more than " + limits.bytes() + " bytes.");
        }
    }

    private static TarEntry.Kind kind(char flag, String name) throws LayerException {
        switch (flag) {
            case '\0':
            case '0':
            case '7':
                return name.endsWith("/") ? TarEntry.Kind.FOLDER : TarEntry.Kind.FILE;
            case '1':
                return TarEntry.Kind.HARD_LINK;
            case '2':
                return TarEntry.Kind.SYMLINK;
            case '3':
                return TarEntry.Kind.CHARACTER_DEVICE;
            case '4':
                return TarEntry.Kind.BLOCK_DEVICE;
            case '5':
                return TarEntry.Kind.FOLDER;
            case '6':
                return TarEntry.Kind.FIFO;
            default:
                throw new LayerException("The layer holds " + Quoted.of(name) + " of the unknown kind "
                        + Quoted.of(String.valueOf(flag)) + ".");
        }
    }

    private static String nameOf(byte[] head) {
        String name = cString(head, 0, 100);
        boolean posix = new String(head, 257, 6, StandardCharsets.ISO_8859_1).equals("ustar\0");
        String prefix = posix ? cString(head, 345, 155) : "";
        return prefix.isEmpty() ? name : prefix + "/" + name;
    }

    private byte[] head() throws IOException {
        byte[] head = in.readNBytes(TarWriter.BLOCK);
        if (head.length == 0) {
            return null;
        }
        if (head.length < TarWriter.BLOCK) {
            throw new LayerException("The layer ends in the middle of a head.");
        }
        int sum = 0;
        for (int i = 0; i < head.length; i++) {
            sum += i >= 148 && i < 156 ? ' ' : head[i] & 0xff;
        }
        if (sum == 8 * ' ') {
            return null;
        }
        if (sum != number(head, 148, 8)) {
            throw new LayerException(
                    "The layer is damaged: the checksum of a head is wrong after " + entries + " files.");
        }
        return head;
    }

    private byte[] record(long size) throws IOException {
        if (size < 0 || size > LONGEST_RECORDS) {
            throw new LayerException("The layer holds a name or record of " + size + " bytes.");
        }
        byte[] record = in.readNBytes((int) size);
        long pad = (TarWriter.BLOCK - size % TarWriter.BLOCK) % TarWriter.BLOCK;
        if (record.length < size || in.readNBytes((int) pad).length < pad) {
            throw new LayerException("The layer ends in the middle of a record.");
        }
        return record;
    }

    private void readPax(byte[] records, boolean global) throws LayerException {
        int at = 0;
        while (at < records.length) {
            int space = at;
            while (space < records.length && records[space] != ' ') {
                space++;
            }
            int length = (int) decimal(new String(records, at, space - at, StandardCharsets.US_ASCII));
            if (length <= space - at + 1 || length > records.length - at) {
                throw new LayerException("The layer holds a damaged pax record.");
            }
            int end = at + length - 1;
            int equals = space + 1;
            while (equals < end && records[equals] != '=') {
                equals++;
            }
            String key = new String(records, space + 1, equals - space - 1, StandardCharsets.UTF_8);
            if (key.startsWith("GNU.sparse")) {
                throw new LayerException("The layer holds a sparse file, which is not read here.");
            }
            if (!global && equals < end) {
                byte[] value = Arrays.copyOfRange(records, equals + 1, end);
                if (key.startsWith(TarWriter.ATTRIBUTE)) {
                    attributes.put(key.substring(TarWriter.ATTRIBUTE.length()), value);
                } else {
                    pax.put(key, new String(value, StandardCharsets.UTF_8));
                }
            }
            at += length;
        }
    }

    private static long decimal(String text) throws LayerException {
        if (text.isEmpty() || text.length() > 18 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new LayerException("The layer holds a damaged number " + Quoted.of(text) + ".");
        }
        return Long.parseLong(text);
    }

    private static long number(byte[] head, int from, int length) throws LayerException {
        long value = 0;
        if ((head[from] & 0x80) != 0) {
            for (int i = from; i < from + length; i++) {
                value = value << 8 | (i == from ? head[i] & 0x7f : head[i] & 0xff);
            }
            return value & Long.MAX_VALUE;
        }
        for (int i = from; i < from + length; i++) {
            if (head[i] >= '0' && head[i] <= '7') {
                value = value << 3 | head[i] - '0';
            } else if (head[i] != ' ' && head[i] != 0) {
                throw new LayerException("The layer is damaged: a number in a head is not octal.");
            }
        }
        return value;
    }

    private static String cString(byte[] bytes, int from, int length) {
        int end = from;
        while (end < from + length && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, from, end - from, StandardCharsets.UTF_8);
    }

    private void skipRest() throws IOException {
        long skip = left + padding;
        byte[] nothing = new byte[8192];
        while (skip > 0) {
            int read = in.read(nothing, 0, (int) Math.min(nothing.length, skip));
            if (read < 0) {
                throw new LayerException("The layer ends in the middle of a file.");
            }
            skip -= read;
        }
        left = 0;
        padding = 0;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        if (left == 0) {
            return -1;
        }
        int read = in.read(into, from, (int) Math.min(length, left));
        if (read < 0) {
            throw new LayerException("The layer ends in the middle of a file.");
        }
        left -= read;
        return read;
    }

    /** How much a layer may hold before it is refused. */
    public static final class Limits {
        /** One million files, 32 GiB unpacked. */
        public static final Limits USUAL = new Limits(1_000_000, 32L << 30);

        private final long entries;
        private final long bytes;

        /** Both inclusive. */
        public Limits(long entries, long bytes) {
            this.entries = entries;
            this.bytes = bytes;
        }

        long entries() {
            return entries;
        }

        long bytes() {
            return bytes;
        }
    }
}
