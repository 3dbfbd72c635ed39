package io.jenkins.plugins.shera.kubeng.figures;

import io.jenkins.plugins.shera.nginx.figures.LogLines;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Follows a log from its end: what is written from now on, through rotation by renaming or by truncation. Reads no more than a
 * bound at once, so that a flood costs memory and time that are known.
 */
final class LogTail implements AutoCloseable {
    private static final int MOST = 16 << 20;

    private final Path file;
    private final ByteBuffer buffer = ByteBuffer.allocate(64 << 10);
    private final LogLines split = new LogLines();
    private FileChannel channel;
    private Object key;
    private boolean begun;

    LogTail(Path file) {
        this.file = file;
    }

    /**
     * Gives every line that was finished since the last look; those that are too long to be ours are left out.
     *
     * @return whether there is a log
     */
    boolean look(Consumer<String> lines) throws IOException {
        Object now = currentKey();
        if (channel == null) {
            open(now);
        }
        begun = true;
        if (channel == null) {
            return false;
        }
        if (channel.size() < channel.position()) {
            channel.position(0);
            split.forget();
        }
        boolean atEnd = read(lines);
        if (atEnd && now != null && !Objects.equals(now, key)) {
            close();
            open(now);
            if (channel != null) {
                read(lines);
            }
        }
        return channel != null;
    }

    private Object currentKey() throws IOException {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /** The file that is there first is followed from its end, every later one from its beginning. */
    private void open(Object now) throws IOException {
        if (now == null) {
            return;
        }
        channel = FileChannel.open(file);
        key = now;
        channel.position(begun ? 0 : channel.size());
        split.forget();
    }

    private boolean read(Consumer<String> lines) throws IOException {
        for (int read = 0; read < MOST; ) {
            buffer.clear();
            int count = channel.read(buffer);
            if (count <= 0) {
                return true;
            }
            read += count;
            split.take(buffer.flip(), lines);
        }
        return false;
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
            channel = null;
        }
    }
}
