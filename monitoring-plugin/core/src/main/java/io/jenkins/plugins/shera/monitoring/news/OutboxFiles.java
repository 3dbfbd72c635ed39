package io.jenkins.plugins.shera.monitoring.news;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** The folder of an outbox: a file for each piece of news that waits, an empty one for each that was told, one for each receiver's state. */
public final class OutboxFiles {

    private static final Logger LOGGER = Logger.getLogger(OutboxFiles.class.getName());
    private static final ObjectMapper JSON =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    private static final Duration REMEMBERED = Duration.ofDays(14);
    private static final String NAME = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";

    private final Path queue;
    private final Path told;
    private final Path states;

    /** Made when something is first written. */
    public OutboxFiles(Path folder) {
        this.queue = folder.resolve("waiting");
        this.told = folder.resolve("told");
        this.states = folder.resolve("state");
    }

    private static String name(Delivery delivery) {
        if (!delivery.id().matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("'" + delivery.id() + "' is no id of news");
        }
        return delivery.id();
    }

    boolean isTold(Delivery delivery) {
        return Files.exists(told.resolve(name(delivery)));
    }

    void write(Delivery delivery) throws IOException {
        replace(queue.resolve(name(delivery) + ".json"), JSON.writeValueAsBytes(delivery));
    }

    /** The mark first: news without a mark is told again, a mark with news is not. */
    void told(Delivery delivery) throws IOException {
        replace(told.resolve(name(delivery)), new byte[0]);
        Files.deleteIfExists(queue.resolve(name(delivery) + ".json"));
    }

    /** What waits; what was told already, and what cannot be read, is left out. */
    List<Delivery> waiting() throws IOException {
        List<Delivery> all = new ArrayList<>();
        for (Path file : list(queue)) {
            try {
                Delivery delivery = JSON.readValue(Files.readAllBytes(file), Delivery.class);
                if (isTold(delivery)) {
                    Files.deleteIfExists(file);
                } else {
                    all.add(delivery);
                }
            } catch (JsonProcessingException | IllegalArgumentException e) {
                LOGGER.log(Level.WARNING, "this file of news cannot be read and is left as it is: " + file, e);
            }
        }
        return all;
    }

    void write(Box.Address address, ReceiverState state) throws IOException {
        replace(states.resolve(file(address)), JSON.writeValueAsBytes(state));
    }

    private static String file(Box.Address address) {
        if (!address.tenant().matches(NAME) || !address.receiver().matches(NAME)) {
            throw new IllegalArgumentException("that is no receiver: " + address);
        }
        return address.tenant() + "." + address.receiver() + ".json";
    }

    Map<Box.Address, ReceiverState> states() throws IOException {
        Map<Box.Address, ReceiverState> all = new HashMap<>();
        for (Path file : list(states)) {
            String[] parts = String.valueOf(file.getFileName()).split("\\.");
            try {
                all.put(
                        new Box.Address(parts[0], parts[1]),
                        JSON.readValue(Files.readAllBytes(file), ReceiverState.class));
            } catch (JsonProcessingException e) {
                LOGGER.log(Level.WARNING, "the state of a receiver cannot be read: " + file, e);
            }
        }
        return all;
    }

    void forgetTold() throws IOException {
        Instant old = Instant.now().minus(REMEMBERED);
        for (Path mark : list(told)) {
            if (Files.getLastModifiedTime(mark).toInstant().isBefore(old)) {
                Files.deleteIfExists(mark);
            }
        }
    }

    private static List<Path> list(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(each -> !String.valueOf(each.getFileName()).startsWith("."))
                    .toList();
        }
    }

    private static void replace(Path file, byte[] content) throws IOException {
        Path folder = file.getParent();
        if (folder == null) {
            throw new IllegalArgumentException("it lies in a folder: " + file);
        }
        Files.createDirectories(folder);
        Path beside = Files.createTempFile(folder, ".", ".new");
        try {
            Files.write(beside, content);
            try (FileChannel channel = FileChannel.open(beside, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(beside);
        }
    }
}
