package io.jenkins.plugins.shera.build.retention;

import io.jenkins.plugins.shera.oci.image.Digest;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What is to become of the images of one repository that were built here, the newest first; changes nothing by itself. */
public final class RetentionPlan {

    /** Why an image stays, or that it goes. */
    public enum Why {
        /** Among the newest. */
        NEWEST,
        /** A tag that is kept stands for it. */
        TAG,
        /** An object of a cluster names it. */
        USED,
        /** An index that stays lists it, whoever pushed that. */
        PART,
        /** It was built for another tenant, too. */
        SHARED,
        /** A build began to need it after all the rest was decided. */
        BUSY,
        /** Nothing needs it. */
        GOES
    }

    /**
     * An image that was built here.
     *
     * @param shared whether another tenant built the same
     */
    public record Candidate(Digest digest, Instant at, String build, boolean shared) {}

    /**
     * What is to become of one.
     *
     * @param detail the tag, or the object that names it
     */
    public record Line(Digest digest, Instant at, String build, List<String> tags, Why why, String detail) {
        /** Copies the tags. */
        public Line {
            tags = List.copyOf(tags);
        }

        /** Whether it is deleted. */
        public boolean goes() {
            return why == Why.GOES;
        }
    }

    /** Has the last word on each image right before it goes. */
    public interface Guard {
        /** Carries the removal out and says so, or leaves it because the image is needed after all. */
        boolean remove(Line line, ImagesRemoval removal) throws IOException;
    }

    /** Takes one image away with all that hangs on it. */
    public interface ImagesRemoval {
        /** Deletes. */
        void run() throws IOException;
    }

    private final Shelf shelf;
    private final List<Line> lines;

    private RetentionPlan(Shelf shelf, List<Line> lines) {
        this.shelf = shelf;
        this.lines = lines;
    }

    /**
     * Decides.
     *
     * @param keep how many of the newest stay in any case
     * @param kept which tags keep what they stand for
     */
    public static RetentionPlan of(Shelf shelf, List<Candidate> candidates, int keep, TagPatterns kept, ImageUses uses)
            throws IOException {
        List<Candidate> sorted = new ArrayList<>(candidates);
        sorted.sort(Comparator.comparing(Candidate::at)
                .reversed()
                .thenComparing(candidate -> candidate.digest().toString()));
        List<Line> lines = new ArrayList<>();
        for (Candidate candidate : sorted) {
            if (shelf.has(candidate.digest())) {
                lines.add(line(shelf, candidate, lines.size() < keep, kept, uses));
            }
        }
        keepParts(shelf, lines);
        return new RetentionPlan(shelf, lines);
    }

    /** Until nothing changes: an index that stays for another keeps its own parts. */
    private static void keepParts(Shelf shelf, List<Line> lines) throws IOException {
        Map<Digest, List<Digest>> indexes = new LinkedHashMap<>(shelf.indexes());
        for (Line line : lines) {
            if (!indexes.containsKey(line.digest())) {
                indexes.put(line.digest(), shelf.children(line.digest()));
            }
        }
        boolean changed = true;
        while (changed) {
            Set<Digest> going =
                    lines.stream().filter(Line::goes).map(Line::digest).collect(Collectors.toSet());
            Map<Digest, Digest> parts = new HashMap<>();
            indexes.forEach((index, children) -> {
                if (!going.contains(index)) {
                    children.forEach(child -> parts.putIfAbsent(child, index));
                }
            });
            changed = false;
            for (int i = 0; i < lines.size(); i++) {
                Line line = lines.get(i);
                if (line.goes() && parts.containsKey(line.digest())) {
                    String index = parts.get(line.digest()).toString();
                    lines.set(i, new Line(line.digest(), line.at(), line.build(), line.tags(), Why.PART, index));
                    changed = true;
                }
            }
        }
    }

    private static Line line(Shelf shelf, Candidate candidate, boolean newest, TagPatterns kept, ImageUses uses)
            throws IOException {
        Digest digest = candidate.digest();
        List<String> tags = shelf.tagsOf(digest);
        Optional<String> tag = tags.stream().filter(kept::matches).findFirst();
        Why why = Why.GOES;
        String detail = "";
        if (newest) {
            why = Why.NEWEST;
        } else if (tag.isPresent()) {
            why = Why.TAG;
            detail = tag.get();
        } else if (candidate.shared()) {
            why = Why.SHARED;
        } else {
            Optional<String> where = used(shelf, digest, tags, uses);
            if (where.isPresent()) {
                why = Why.USED;
                detail = where.get();
            }
        }
        return new Line(digest, candidate.at(), candidate.build(), tags, why, detail);
    }

    /** By its digest, one of its tags, or the digest of what it has for one platform. */
    private static Optional<String> used(Shelf shelf, Digest digest, List<String> tags, ImageUses uses)
            throws IOException {
        List<Digest> all = new ArrayList<>(List.of(digest));
        all.addAll(shelf.children(digest));
        for (Digest one : all) {
            Optional<String> where = uses.ofDigest(one.toString());
            if (where.isPresent()) {
                return where;
            }
        }
        return tags.stream().flatMap(tag -> uses.ofTag(tag).stream()).findFirst();
    }

    /** One line for each image that is still there. */
    public List<Line> lines() {
        return List.copyOf(lines);
    }

    /**
     * Carries it out: first what stays is held, then each image goes after all that hangs on it, so that a run that was cut off
     * can be repeated: an image that is still there tells what is to go with it. What the guard leaves stands in the plan as staying from then on.
     *
     * @throws IOException when the registry refuses; what was deleted before stays deleted
     */
    public void apply(Guard guard) throws IOException {
        Set<Digest> needed = new HashSet<>();
        Set<Digest> going = new HashSet<>();
        lines.stream().filter(Line::goes).forEach(line -> going.add(line.digest()));
        shelf.indexes().forEach((index, children) -> {
            if (!going.contains(index)) {
                needed.addAll(children);
            }
        });
        for (Line line : lines) {
            if (!line.goes()) {
                needed.add(line.digest());
                shelf.hold(line.digest());
                for (Digest child : shelf.children(line.digest())) {
                    needed.add(child);
                    shelf.hold(child);
                }
            }
        }
        for (int i = 0; i < lines.size(); i++) {
            Line line = lines.get(i);
            if (line.goes() && !needed.contains(line.digest())) {
                if (!guard.remove(line, () -> remove(line.digest(), needed))) {
                    lines.set(i, new Line(line.digest(), line.at(), line.build(), line.tags(), Why.BUSY, ""));
                }
            }
        }
    }

    private void remove(Digest image, Set<Digest> needed) throws IOException {
        List<Digest> children = shelf.children(image);
        List<Digest> first = new ArrayList<>(shelf.attachments(image));
        for (Digest child : children) {
            if (!needed.contains(child) && shelf.tagsOf(child).isEmpty()) {
                first.add(child);
                first.addAll(shelf.attachments(child));
            }
        }
        for (Digest each : first) {
            if (!needed.contains(each)) {
                shelf.delete(each);
            }
        }
        shelf.delete(image);
    }
}
