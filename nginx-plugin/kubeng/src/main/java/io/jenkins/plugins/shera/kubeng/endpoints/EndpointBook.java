package io.jenkins.plugins.shera.kubeng.endpoints;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.shera.kubeng.intended.SafeFile;
import io.jenkins.plugins.shera.nginx.intent.Target;
import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.nginx.model.Member;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The addresses that each target had when they were last known, on disk too: an answer that is empty, late or missing never
 * takes a member away. Usable from many threads.
 */
public final class EndpointBook {
    private static final Logger LOG = Logger.getLogger(EndpointBook.class.getName());
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final Finder finder;
    private final Map<String, List<String>> known = new TreeMap<>();
    private long generation;

    /** Asks where a target is now. */
    public interface Finder {
        /** Its members, or none when nothing is known at this moment; never blocks for long. */
        List<Member> find(Target target) throws InvalidRouteException;
    }

    /** As it lies on disk: a member is written as address, blank, port. */
    record Saved(long generation, Map<String, List<String>> known) {}

    /** Reads what is there; a file that cannot be read counts as empty, for the answers come again. */
    public EndpointBook(Path file, Finder finder) {
        this.file = file;
        this.finder = finder;
        try {
            if (Files.exists(file)) {
                Saved saved = JSON.readValue(file.toFile(), Saved.class);
                generation = saved.generation();
                known.putAll(saved.known() == null ? Map.of() : saved.known());
            }
        } catch (IOException e) {
            known.clear();
        }
    }

    /** Counts up with every change of what any target leads to. */
    public synchronized long generation() {
        return generation;
    }

    private List<Member> ask(Target target) throws InvalidRouteException {
        try {
            return finder.find(target);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "No answer for " + target + "; its last known addresses stay", e);
            return List.of();
        }
    }

    /** Where these targets are now, or were when that was last known; none for those that were never found. */
    public synchronized List<Member> members(List<Target> targets) throws InvalidRouteException, IOException {
        List<Member> members = new ArrayList<>();
        boolean changed = false;
        for (Target target : targets) {
            target.check();
            if (target.kind() == Target.Kind.ADDRESS) {
                members.add(Member.of(target.name(), target.port(), target.weight()));
                continue;
            }
            List<String> now = ask(target).stream()
                    .map(member -> member.address() + " " + member.port())
                    .toList();
            List<String> before = known.getOrDefault(target.toString(), List.of());
            if (!now.isEmpty() && !now.equals(before)) {
                known.put(target.toString(), now);
                changed = true;
            }
            for (String one : now.isEmpty() ? before : now) {
                String[] parts = one.split(" ", 2);
                members.add(Member.of(parts[0], Integer.parseInt(parts[1]), target.weight()));
            }
        }
        if (changed) {
            generation++;
            SafeFile.write(file, JSON.writeValueAsBytes(new Saved(generation, known)));
        }
        return members;
    }
}
