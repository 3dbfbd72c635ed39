package io.jenkins.plugins.shera.terminal.recording;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.shera.terminal.session.Target;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * All recordings of this Jenkins: {@code <tenant>/<application>/<id>.cast} with what is known of it in {@code <id>.json} beside it. Only
 * the user of Jenkins can read them. Usable from many threads.
 */
public final class Shelf {
    private static final Logger LOGGER = Logger.getLogger(Shelf.class.getName());
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LARGEST_FACTS = 64 * 1024;
    private static final String CAST = ".cast";
    private static final String FACTS = ".json";

    private final Path root;

    /** In this folder, which need not be there yet. */
    public Shelf(Path root) {
        this.root = root;
    }

    /** Begins one; {@code most} is its size in bytes at most. */
    public Recording begin(Facts facts, long most, Executor writer) throws IOException {
        Path folder = Private.folder(folder(facts.target()));
        store(facts);
        try {
            return new Recording(folder.resolve(facts.id() + CAST), facts, most, writer);
        } catch (IOException e) {
            Files.deleteIfExists(folder.resolve(facts.id() + FACTS));
            throw e;
        }
    }

    /** Writes beside a recording that is closed how it ended. */
    public void end(Recording recording) throws IOException {
        Facts over = recording.over();
        change(over, known -> known.over(over.ended(), over.how(), over.exitCode(), over.seconds()));
    }

    /** Takes a recording away. */
    public synchronized void remove(Facts facts) throws IOException {
        Files.deleteIfExists(cast(facts));
        Files.deleteIfExists(folder(facts.target()).resolve(facts.id() + FACTS));
    }

    /** Writes beside it that this image was made of its container. */
    public void note(Facts facts, String image) throws IOException {
        change(facts, known -> known.with(image));
    }

    /** Of an application, the newest first. */
    public List<Facts> of(String tenant, String application) throws IOException {
        return in(root.resolve(tenant).resolve(application));
    }

    /** The one of this id, if the application has it. */
    public Optional<Facts> find(String tenant, String application, String id) throws IOException {
        return id.matches("[0-9a-f-]{36}")
                ? read(root.resolve(tenant).resolve(application).resolve(id + FACTS))
                : Optional.empty();
    }

    /** Where its events are. */
    public Path cast(Facts facts) {
        return folder(facts.target()).resolve(facts.id() + CAST);
    }

    /** Bytes of its events; 0 when they are gone. */
    public long bytes(Facts facts) throws IOException {
        try {
            return Files.size(cast(facts));
        } catch (NoSuchFileException e) {
            return 0;
        }
    }

    /**
     * Takes away what is older than it may be, and the oldest while all together are too large; what goes on stays. Of what no session
     * belongs to any more it writes down that it was cut.
     *
     * @param goesOn whether a session of this id goes on
     * @return what was taken away
     */
    public List<Facts> sweep(Predicate<String> goesOn, Instant now, Duration age, long bytes) throws IOException {
        List<Facts> all = new ArrayList<>();
        for (Path tenant : folders(root)) {
            for (Path application : folders(tenant)) {
                all.addAll(in(application));
            }
        }
        all.sort(Comparator.comparing(Facts::started));
        long total = 0;
        for (Facts each : all) {
            total += bytes(each);
            if (each.isOpen() && !goesOn.test(each.id())) {
                cut(each);
            }
        }
        List<Facts> gone = new ArrayList<>();
        for (Facts each : all) {
            boolean old = each.started().plus(age).isBefore(now);
            if ((old || total > bytes) && !goesOn.test(each.id())) {
                total -= bytes(each);
                remove(each);
                gone.add(each);
            }
        }
        return gone;
    }

    private void cut(Facts facts) throws IOException {
        double seconds = 0;
        try (CastFile file = new CastFile(cast(facts))) {
            seconds = file.seconds();
        } catch (NoSuchFileException e) {
            LOGGER.log(Level.WARNING, "the events of recording " + facts.id() + " are gone", e);
        }
        double length = seconds;
        change(
                facts,
                known -> known.isOpen()
                        ? known.over(known.started().plusMillis((long) (length * 1000)), Facts.CUT, -1, length)
                        : known);
    }

    private Path folder(Target target) {
        return root.resolve(target.tenant()).resolve(target.application());
    }

    private synchronized void change(Facts facts, UnaryOperator<Facts> change) throws IOException {
        Optional<Facts> known = read(folder(facts.target()).resolve(facts.id() + FACTS));
        if (known.isPresent()) {
            store(change.apply(known.get()));
        }
    }

    private synchronized void store(Facts facts) throws IOException {
        Path file = folder(facts.target()).resolve(facts.id() + FACTS);
        Path beside = file.resolveSibling(facts.id() + ".new");
        Files.deleteIfExists(beside);
        try (FileChannel channel = FileChannel.open(
                beside, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), Private.file())) {
            ByteBuffer bytes = ByteBuffer.wrap(facts.json().toString().getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static List<Facts> in(Path application) throws IOException {
        List<Facts> all = new ArrayList<>();
        if (Files.isDirectory(application)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(application, "*" + FACTS)) {
                for (Path file : files) {
                    read(file).ifPresent(all::add);
                }
            }
        }
        all.sort(Comparator.comparing(Facts::started).reversed());
        return all;
    }

    private static Optional<Facts> read(Path file) throws IOException {
        try {
            if (Files.size(file) > LARGEST_FACTS) {
                throw new IOException("more than " + LARGEST_FACTS + " bytes");
            }
            Facts facts = Facts.of(JSON.readTree(Files.readAllBytes(file)));
            return file.endsWith(facts.id() + FACTS) ? Optional.of(facts) : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | DateTimeException e) {
            LOGGER.log(Level.WARNING, file + " does not say what it is of; take it away if it is of no use", e);
            return Optional.empty();
        }
    }

    private static List<Path> folders(Path of) throws IOException {
        List<Path> all = new ArrayList<>();
        if (Files.isDirectory(of)) {
            try (DirectoryStream<Path> folders = Files.newDirectoryStream(of, Files::isDirectory)) {
                folders.forEach(all::add);
            }
        }
        return all;
    }
}
