package io.jenkins.plugins.shera.monitoring.logs;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.zip.GZIPInputStream;

/** One open file of a log, plain or compressed. Its size is what it was when opened; a rename does not disturb it. */
final class LogFile implements Closeable {

    private static final int GZIP_BUFFER = 64 * 1024;

    private final Path path;
    private final FileChannel channel;
    private final long size;
    private final boolean compressed;
    private final Object key;

    private LogFile(Path path, FileChannel channel, long size, Object key) {
        this.path = path;
        this.channel = channel;
        this.size = size;
        this.compressed = path.toString().endsWith(".gz");
        this.key = key;
    }

    /** Follows no link at the path's last step, and opens neither pipes nor devices: who writes logs may have put one there. */
    static LogFile open(Path path) throws IOException {
        BasicFileAttributes before = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!before.isRegularFile()) {
            throw new IOException(path + " is no regular file, so it is no log.");
        }
        FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        try {
            Object key = before.fileKey();
            return new LogFile(path, channel, channel.size(), key == null ? path : key);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    Path path() {
        return path;
    }

    /** Bytes as they lie on the disk. */
    long size() {
        return size;
    }

    boolean isCompressed() {
        return compressed;
    }

    /** The same for the same file under another name. */
    Object key() {
        return key;
    }

    /** The uncompressed bytes from an offset on; for a compressed file all before are unpacked and thrown away. */
    InputStream from(long offset) throws IOException {
        if (!compressed) {
            return new ChannelBytes(offset, size);
        }
        InputStream raw = new BufferedInputStream(new ChannelBytes(0, size), GZIP_BUFFER);
        InputStream unpacked = new GZIPInputStream(raw, GZIP_BUFFER);
        unpacked.skipNBytes(offset);
        return unpacked;
    }

    /** The format, by the first byte; an empty file is taken for CRI. */
    LogFormat format() throws IOException {
        try (InputStream bytes = from(0)) {
            return LogFormat.ofFirstByte(bytes.read());
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** Reads at its own position, so that several can share the channel; a file that was cut meanwhile simply ends. */
    private final class ChannelBytes extends InputStream {
        private long position;
        private final long end;

        ChannelBytes(long position, long end) {
            this.position = position;
            this.end = end;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            int wanted = (int) Math.min(length, end - position);
            if (wanted <= 0) {
                return -1;
            }
            int got = channel.read(ByteBuffer.wrap(into, from, wanted), position);
            if (got > 0) {
                position += got;
            }
            return got;
        }

        @Override
        public long skip(long count) {
            long step = Math.max(0, Math.min(count, end - position));
            position += step;
            return step;
        }
    }
}
