package io.jenkins.plugins.shera.monitoring.steps;

import io.jenkins.plugins.shera.monitoring.desk.logs.LogReading;
import io.jenkins.plugins.shera.monitoring.sources.AgentFirst;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** What {@code fetchLogs} returns: how much it wrote where, from which source, and what is missing. */
public final class FetchedLogs implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String file;
    private final long lines;
    private final long bytes;
    private final boolean cut;
    private final boolean ordered;
    private final int containers;
    private final int matching;
    private final String since;
    private final String until;
    private final String source;
    private final ArrayList<String> unread = new ArrayList<>();
    private final ArrayList<String> remarks;

    FetchedLogs(String file, LogReading.Written written, LogReading reading, String since, String until) {
        this.file = file;
        this.lines = written.lines();
        this.bytes = written.bytes();
        this.cut = written.full();
        this.ordered = !written.full() && reading.isOrdered();
        this.containers = reading.read();
        this.matching = reading.matching();
        this.since = since;
        this.until = until;
        this.source = source(reading.source().origins());
        reading.unread()
                .forEach(each -> unread.add(each.log().pod() + "/" + each.log().container()));
        this.remarks = new ArrayList<>(reading.remarks());
    }

    private static String source(List<AgentFirst.Origin> origins) {
        List<String> all =
                origins.stream().map(AgentFirst.Origin::source).distinct().toList();
        if (all.isEmpty()) {
            return "kubernetes";
        }
        return all.size() == 1 ? all.get(0) : "both";
    }

    /** Path of the file in the workspace. */
    @Whitelisted
    public String getFile() {
        return file;
    }

    /** Lines of containers in the file; remarks about what is missing are not counted. */
    @Whitelisted
    public long getLines() {
        return lines;
    }

    /** Their bytes. */
    @Whitelisted
    public long getBytes() {
        return bytes;
    }

    /** Whether the file ended at {@code limitBytes}. */
    @Whitelisted
    public boolean isCut() {
        return cut;
    }

    /** Whether it is certain that no line of the range is missing: log agents vouch for every container. */
    @Whitelisted
    public boolean isOrdered() {
        return ordered;
    }

    /** How many containers were read, at most 50. */
    @Whitelisted
    public int getContainers() {
        return containers;
    }

    /** How many were meant. */
    @Whitelisted
    public int getMatching() {
        return matching;
    }

    /** Where the range began, as RFC 3339; empty when it was open. */
    @Whitelisted
    public String getSince() {
        return since;
    }

    /** Where it ended. */
    @Whitelisted
    public String getUntil() {
        return until;
    }

    /** {@code agent}, {@code kubernetes} or {@code both}. */
    @Whitelisted
    public String getSource() {
        return source;
    }

    /** Containers whose lines are missing, as {@code pod/container}. */
    @Whitelisted
    public List<String> getUnread() {
        return new ArrayList<>(unread);
    }

    /** What is missing or may be, and why another source answered; sentences, which also end the file. */
    @Whitelisted
    public List<String> getRemarks() {
        return new ArrayList<>(remarks);
    }

    @Whitelisted
    @Override
    public String toString() {
        return lines + " lines in " + file;
    }
}
