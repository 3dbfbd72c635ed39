package io.jenkins.plugins.shera.terminal.desk;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.kube.exec.ExecApi;
import io.jenkins.plugins.shera.kube.exec.ExecEnd;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.platform.timeline.TimelineEntry;
import io.jenkins.plugins.shera.terminal.command.CommandRecord;
import io.jenkins.plugins.shera.terminal.command.CommandRun;
import io.jenkins.plugins.shera.terminal.command.ContainerPlace;
import io.jenkins.plugins.shera.terminal.command.ProcessMark;
import io.jenkins.plugins.shera.terminal.command.Processes;
import io.jenkins.plugins.shera.terminal.files.ContainerFiles;
import io.jenkins.plugins.shera.terminal.pack.SecretScan;
import io.jenkins.plugins.shera.terminal.recording.Recording;
import io.jenkins.plugins.shera.terminal.session.Containers;
import io.jenkins.plugins.shera.terminal.session.Target;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.jvnet.localizer.Localizable;

/** One container of an application in which commands are run; close it. Each command is audited, by its digest and not its text. */
public final class CommandDesk implements AutoCloseable {
    /** Seconds that a command of a person may take. */
    public static final int LONGEST_SECONDS = 300;

    private static final int MOST_WORDS = 1000;
    private static final int MOST_AT_ONCE = 20;
    private static final Semaphore FREE = new Semaphore(MOST_AT_ONCE);

    private final Entry entry;
    private final Host host;
    private final ContainerPlace place;
    private final ExecApi exec;
    private CommandRecord record;
    private String page = "";
    private String how = "exit";
    private int exitCode = -1;

    private CommandDesk(Entry entry, Host host, ContainerPlace place) throws IOException {
        this.entry = entry;
        this.host = host;
        this.place = place;
        this.exec = host.enter(place.pod(), place.container()).exec();
    }

    /**
     * Opens a container for the calling person, who needs Terminal.
     *
     * @param container name, or empty for the only one of the pod
     * @throws Refusal if the caller may not, or if what is named is not there or does not run
     */
    public static CommandDesk open(String tenant, String application, String environment, String pod, String container)
            throws IOException {
        return open(
                Entry.ofCaller(tenant, application, environment, pod, SheraPermissions.TERMINAL, "container.exec"),
                pod,
                "",
                container);
    }

    /**
     * Opens a container of the application.
     *
     * @param pod name, or empty for the first that is ready
     * @param selector labels that the pod must bear besides the application's own; empty for none
     * @param container name, or empty for the only one of the pod
     */
    public static CommandDesk open(Entry entry, String pod, String selector, String container) throws IOException {
        Host host = entry.host(pod);
        try {
            return new CommandDesk(entry, host, choose(entry, host, pod, selector, container));
        } catch (IOException | RuntimeException e) {
            host.close();
            throw e;
        }
    }

    private static ContainerPlace choose(Entry entry, Host host, String pod, String selector, String container)
            throws IOException {
        String application = entry.application().getName();
        List<Containers.Started> all = host.started(selector).stream()
                .filter(each -> pod.isEmpty() || each.pod().equals(pod))
                .filter(each -> container.isEmpty() || each.container().equals(container))
                .toList();
        List<Containers.Started> fit = all;
        if (pod.isEmpty()) {
            String first = all.stream()
                    .filter(Containers.Started::ready)
                    .map(Containers.Started::pod)
                    .sorted()
                    .findFirst()
                    .orElse("");
            fit = all.stream().filter(each -> each.pod().equals(first)).toList();
        }
        if (fit.size() != 1) {
            throw Refusal.unknown(
                    ContainerFiles.shown(pod + "/" + container),
                    fit.isEmpty() ? Messages.FileDesk_container(application) : Messages.FileDesk_which(),
                    Messages.FileDesk_container_next());
        }
        Containers.Started chosen = fit.get(0);
        entry.checkContainer(chosen.container());
        return new ContainerPlace(entry.environment().getNamespace(), chosen.pod(), chosen.container(), chosen.mark());
    }

    /** The container. */
    public ContainerPlace place() {
        return place;
    }

    /** The caller's way in. */
    public Entry entry() {
        return entry;
    }

    /**
     * Records what is done here from now on, where that is demanded and not done yet.
     *
     * @param mask hides what the caller knows to be secret
     * @throws Refusal when it cannot be written
     */
    public void record(CommandRecord.Mask mask) throws IOException {
        if (record != null || !Recordings.get().isDemanded(entry.tenant().getId(), entry.environment())) {
            return;
        }
        String session = UUID.randomUUID().toString();
        Target target = new Target(
                entry.tenant().getId(),
                entry.application().getName(),
                entry.environment().getName(),
                place.namespace(),
                place.pod(),
                place.container());
        Recording begun =
                Recordings.get().begin(session, target, entry.user(), CommandRecord.COLUMNS, CommandRecord.ROWS);
        try {
            record = new CommandRecord(begun, mask);
            page = Recordings.path(target, session);
        } finally {
            if (record == null) {
                Recordings.get().discard(begun, session, target);
            }
        }
    }

    /** Where what is recorded can be watched, below the root of Jenkins; empty where nothing is. */
    public String page() {
        return page;
    }

    /** Writes a line into the recording, if there is one, with stars over what looks like a secret. */
    public void note(String line) {
        if (record != null) {
            record.say(SecretScan.masked(line));
        }
    }

    /** Says on the timeline what was begun here, with the way to its recording. */
    public void tell(Localizable what) {
        List<TimelineEntry.Link> links =
                page.isEmpty() ? List.of() : List.of(new TimelineEntry.Link(Messages.Recordings_link(), page));
        entry.tell(TimelineEntry.Kind.TERMINAL, what, "", links);
    }

    /**
     * Ends what could not be recorded.
     *
     * @throws Refusal when it could not
     */
    public void checkRecorded(CommandRun run) throws IOException {
        if (record == null || record.isWhole()) {
            return;
        }
        if (run.mark() != null) {
            new Processes(exec, place).kill(run.mark());
        }
        throw new Refusal(
                Refusal.Kind.UNAVAILABLE,
                Messages.Recordings_failed(),
                place.toString(),
                Messages.CommandDesk_unrecorded(),
                Messages.Recordings_failed_next());
    }

    /** Begins a command by its argument vector; {@link #ended} writes down how it ended. */
    public CommandRun start(List<String> command, CommandRun.Output output) throws IOException {
        return CommandRun.start(place, exec, command, output, record);
    }

    /** Ends a command with all it started; whether it is gone. */
    public boolean end(CommandRun run) throws IOException, InterruptedException {
        return new Processes(exec, place).end(run);
    }

    /** Whether a process of an earlier connection still runs. */
    public boolean runs(ProcessMark mark) throws IOException {
        return new Processes(exec, place).runs(mark);
    }

    /** Writes a command that is over into the audit trail. */
    public void ended(List<String> command, CommandRun run) {
        exitCode = run.end().exitCode();
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("container", place.container())
                .put("program", ContainerFiles.shown(command.get(0)))
                .put("arguments", command.size() - 1)
                .put("sha256", digest(command))
                .put("exitCode", run.end().exitCode())
                .put("bytes", run.bytes());
        if (!page.isEmpty()) {
            json.put("page", page);
        }
        entry.line("container.exec", place.pod()).after(json.toString()).done();
    }

    /**
     * Runs a command to its end; past its time it is ended, with all it started.
     *
     * @return how it ended
     * @throws Refusal when it took too long, or too many run
     */
    public ExecEnd run(List<String> command, Duration limit, CommandRun.Output output) throws IOException {
        if (!FREE.tryAcquire()) {
            throw Refusal.conflict(
                    "command", Messages.CommandDesk_many(MOST_AT_ONCE), Messages.CommandDesk_many_next());
        }
        try {
            return recorded(command, limit, output);
        } finally {
            FREE.release();
        }
    }

    private ExecEnd recorded(List<String> command, Duration limit, CommandRun.Output output) throws IOException {
        record(to -> to);
        note("$ " + shown(command));
        try (CommandRun run = start(command, output)) {
            if (!run.await(limit.toMillis())) {
                how = "late";
                boolean gone = end(run);
                ended(command, run);
                throw new Refusal(
                        Refusal.Kind.UNAVAILABLE,
                        Messages.CommandDesk_late(limit.toSeconds()),
                        place.toString(),
                        gone ? Messages.CommandDesk_late_gone() : Messages.CommandDesk_late_there(),
                        Messages.CommandDesk_late_next());
            }
            ended(command, run);
            checkRecorded(run);
            return run.end();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException(place + ": interrupted");
        }
    }

    /** As a person would have typed it. */
    private static String shown(List<String> command) {
        return command.stream()
                .map(word -> word.matches("[A-Za-z0-9_@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" "));
    }

    /** Refuses what cannot be a command of a person. */
    public static void check(List<String> command, long seconds) {
        if (command.isEmpty()
                || command.size() > MOST_WORDS
                || command.get(0).isEmpty()
                || command.stream().anyMatch(word -> word.indexOf('\0') >= 0)) {
            throw Refusal.input("command", Messages.CommandDesk_words(MOST_WORDS), Messages.CommandDesk_words_next());
        }
        if (seconds < 1 || seconds > LONGEST_SECONDS) {
            throw Refusal.input(
                    "timeout", Messages.CommandDesk_timeout(), Messages.CommandDesk_timeout_next(LONGEST_SECONDS));
        }
    }

    /** Refuses an end without exit code: the command was not started, or the connection broke. */
    public static void check(ContainerPlace place, ExecEnd end) {
        if (end.exitCode() == ExecEnd.UNKNOWN) {
            throw new Refusal(
                    Refusal.Kind.UNAVAILABLE,
                    Messages.CommandDesk_failed(),
                    place.toString(),
                    end.message(),
                    Messages.CommandDesk_next());
        }
    }

    private static String digest(List<String> command) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            for (String word : command) {
                sha256.update(word.getBytes(StandardCharsets.UTF_8));
                sha256.update((byte) 0);
            }
            return HexFormat.of().formatHex(sha256.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        if (record != null) {
            record.ended(how, exitCode);
        }
        host.close();
    }
}
