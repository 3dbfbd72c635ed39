package io.jenkins.plugins.shera.nginx.imports;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What would be taken over as what; nothing was changed.
 *
 * @param drafts what can be routes
 * @param notes every other statement of the {@code http} block, with what becomes of it and why
 * @param files files of people that would be pushed, by name
 * @param stays what the operator's own files are to say afterwards, by path; empty for one that nothing is left of
 */
public record ImportPlan(
        List<Candidate> drafts, List<Note> notes, SortedMap<String, String> files, SortedMap<String, String> stays) {

    /** Copies what it is given. */
    public ImportPlan {
        drafts = List.copyOf(drafts);
        notes = List.copyOf(notes);
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
        stays = Collections.unmodifiableSortedMap(new TreeMap<>(stays));
    }

    /** A draft, and whether all of its server is taken as routes. */
    public record Candidate(Draft draft, boolean taken) {}

    /** What becomes of a statement that is no route. */
    public enum Fate {
        /** It goes into a file of people. */
        OWN_FILE,
        /** It stays in the operator's file. */
        STAYS,
        /** The routes say the same. */
        COVERED
    }

    /**
     * A statement.
     *
     * @param where file and line
     * @param what its first line
     * @param why it is no route, for people
     */
    public record Note(String where, String what, Fate fate, Reason why) {
        /** The same in English. */
        public String reason() {
            return why.english();
        }
    }
}
