package io.jenkins.plugins.shera.monitoring.news;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * News that waits for receivers: on disk before {@link #add} returns, and until a receiver took it. What was told is remembered, so that the
 * same news is told once; after a crash between a message and its mark it is told again.
 */
public final class Outbox {

    /** After this long nobody tries any more. */
    private static final Duration OLDEST = Duration.ofHours(24);

    private static final int MOST_WAITING = 500;

    private final OutboxFiles files;
    private final Map<Box.Address, Box> boxes = new HashMap<>();

    /**
     * What is tried now: news for one receiver, oldest first.
     *
     * @param news more than one when many wait: they are said together
     */
    public record Attempt(String tenant, String receiver, List<Delivery> news) {

        /** Names the message: the same news in the same message has the same name. */
        public String id() {
            return news.get(0).id() + (news.size() == 1 ? "" : "-" + news.size());
        }

        /** One message whole, or a line for each of several; what does not fit is counted. */
        public String text(int mostBytes) {
            if (news.size() == 1) {
                return shortened(news.get(0).text(), mostBytes);
            }
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < news.size(); i++) {
                String line = news.get(i).title() + "\n";
                if (bytes(text + line) > mostBytes - 10) {
                    return text.append("(+").append(news.size() - i).append(")").toString();
                }
                text.append(line);
            }
            return text.toString().strip();
        }

        private static String shortened(String text, int mostBytes) {
            String fits = text;
            while (bytes(fits) > mostBytes) {
                fits = fits.substring(0, fits.offsetByCodePoints(fits.length(), -1 - fits.length() / 20));
            }
            return fits;
        }

        private static int bytes(String text) {
            return text.getBytes(StandardCharsets.UTF_8).length;
        }
    }

    /** Reads what waits. */
    public Outbox(OutboxFiles files) throws IOException {
        this.files = files;
        files.forgetTold();
        for (Delivery delivery : files.waiting()) {
            box(delivery.address()).put(delivery);
        }
        files.states().forEach((address, state) -> box(address).state = state);
    }

    private Box box(Box.Address address) {
        return boxes.computeIfAbsent(address, Box::new);
    }

    /** Keeps news for a receiver; false when it has it already. */
    public synchronized boolean add(Delivery delivery) throws IOException {
        Box box = box(delivery.address());
        if (files.isTold(delivery)
                || box.waiting.stream().anyMatch(each -> each.id().equals(delivery.id()))) {
            return false;
        }
        files.write(delivery);
        box.put(delivery);
        if (box.waiting.size() > MOST_WAITING && !box.underWay) {
            lose(box, List.of(box.waiting.get(0)), "too much waits", Instant.now());
        }
        return true;
    }

    /** Takes what is due for one receiver that nobody tells just now; to be given back by one of the next three. */
    public synchronized Optional<Attempt> next(Instant now) {
        for (Box box : boxes.values()) {
            if (box.isDue(now)) {
                box.underWay = true;
                return Optional.of(new Attempt(box.address.tenant(), box.address.receiver(), box.batch()));
            }
        }
        return Optional.empty();
    }

    /** The receiver took it. */
    public synchronized void delivered(Attempt attempt, Instant now) throws IOException {
        Box box = back(attempt);
        box.succeeded(now);
        for (Delivery each : attempt.news()) {
            files.told(each);
            box.waiting.remove(each);
        }
        state(box, ReceiverState.DELIVERED, "", attempt.news(), now);
    }

    /**
     * The receiver did not take it; it is tried again, later and later, for a day.
     *
     * @return what is given up
     */
    public synchronized List<Delivery> failed(Attempt attempt, String why, Duration again, Instant now)
            throws IOException {
        Box box = back(attempt);
        box.failed(now, again);
        state(box, ReceiverState.FAILING, why, attempt.news(), now);
        List<Delivery> old = new ArrayList<>();
        for (Delivery each : attempt.news()) {
            if (each.atMillis() < now.minus(OLDEST).toEpochMilli()) {
                old.add(each);
            }
        }
        lose(box, old, why, now);
        return old;
    }

    /** Nobody is there to be told. */
    public synchronized void drop(Attempt attempt, String why, Instant now) throws IOException {
        Box box = back(attempt);
        lose(box, attempt.news(), why, now);
    }

    /** It was not tried after all. */
    public synchronized void release(Attempt attempt) {
        back(attempt);
    }

    private Box back(Attempt attempt) {
        Box box = box(new Box.Address(attempt.tenant(), attempt.receiver()));
        box.underWay = false;
        return box;
    }

    private void lose(Box box, List<Delivery> news, String why, Instant now) throws IOException {
        if (news.isEmpty()) {
            return;
        }
        for (Delivery each : news) {
            files.told(each);
        }
        box.waiting.removeAll(news);
        state(box, ReceiverState.LOST, why, news, now);
    }

    private void state(Box box, String result, String why, List<Delivery> news, Instant now) throws IOException {
        box.state = new ReceiverState(result, why, news.get(news.size() - 1).title(), now.toEpochMilli());
        files.write(box.address, box.state);
    }

    /** What became of the last news for a receiver. */
    public synchronized ReceiverState state(String tenant, String receiver) {
        Box box = boxes.get(new Box.Address(tenant, receiver));
        return box == null ? ReceiverState.NONE : box.state;
    }

    /** Somebody tried it by hand. */
    public synchronized void tried(String tenant, String receiver, ReceiverState state) throws IOException {
        Box box = box(new Box.Address(tenant, receiver));
        box.state = state;
        files.write(box.address, state);
    }

    /** How much waits for a receiver. */
    public synchronized int waiting(String tenant, String receiver) {
        Box box = boxes.get(new Box.Address(tenant, receiver));
        return box == null ? 0 : box.waiting.size();
    }

    /** The receivers of a tenant were changed: what waits is tried at once. */
    public synchronized void hurry(String tenant) {
        for (Box box : boxes.values()) {
            if (box.address.tenant().equals(tenant)) {
                box.due = Instant.EPOCH;
                box.failures = 0;
            }
        }
    }

    /** Forgets what was told long ago. */
    public synchronized void tidy() throws IOException {
        files.forgetTold();
    }
}
