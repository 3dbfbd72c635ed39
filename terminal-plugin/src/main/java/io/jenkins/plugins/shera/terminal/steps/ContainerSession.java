package io.jenkins.plugins.shera.terminal.steps;

import hudson.AbortException;
import hudson.FilePath;
import hudson.model.TaskListener;
import io.jenkins.plugins.shera.kube.exec.ExecEnd;
import io.jenkins.plugins.shera.terminal.command.CommandRecord;
import io.jenkins.plugins.shera.terminal.command.CommandRun;
import io.jenkins.plugins.shera.terminal.command.ContainerPlace;
import io.jenkins.plugins.shera.terminal.desk.CommandDesk;
import io.jenkins.plugins.shera.terminal.desk.Entry;
import io.jenkins.plugins.shera.terminal.desk.FileDesk;
import io.jenkins.plugins.shera.terminal.desk.PackageDesk;
import io.jenkins.plugins.shera.terminal.files.FolderArchive;
import io.jenkins.plugins.shera.terminal.pack.Hand;
import io.jenkins.plugins.shera.terminal.pack.HandPatch;
import io.jenkins.plugins.shera.terminal.pack.Packed;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** The open container of one execution, in which its parts are done. For one thread at a time. */
final class ContainerSession implements AutoCloseable {
    private static final long LOOK_MILLIS = 200;

    private final SessionRequest request;
    private final SessionState state;
    private final TaskListener listener;
    private final FilePath workspace;
    private final CommandRecord.Mask mask;
    private final CommandDesk desk;

    private Entry entry;
    private RunCommandPart part;
    private CommandRun command;
    private CommandLog log;
    private long deadline;

    /**
     * Chooses the container, or finds the chosen one again.
     *
     * @param workspace null outside of a node
     * @param mask hides the secrets of the build from a recording
     * @throws AbortException if the chosen one is gone
     */
    ContainerSession(
            SessionRequest request,
            SessionState state,
            Entry entry,
            TaskListener listener,
            FilePath workspace,
            CommandRecord.Mask mask)
            throws IOException {
        this.request = request;
        this.state = state;
        this.entry = entry;
        this.listener = listener;
        this.workspace = workspace;
        this.mask = mask;
        ContainerPlace known = state.place();
        this.desk = known == null
                ? CommandDesk.open(entry, request.pod(), request.selector(), request.container())
                : CommandDesk.open(entry, known.pod(), "", known.container());
        try {
            begin(known);
        } catch (IOException | RuntimeException e) {
            desk.close();
            throw e;
        }
    }

    private void begin(ContainerPlace known) throws IOException {
        if (known != null && !known.isSame(desk.place())) {
            throw new AbortException(Messages.ContainerSession_replaced(known));
        }
        record();
        if (known == null) {
            state.place(desk.place());
            say(Messages.ContainerSession_in(desk.place()));
            desk.tell(Messages._ContainerSession_session(
                    desk.place().pod(), desk.place().container()));
        }
    }

    private void record() throws IOException {
        boolean before = desk.page().isEmpty();
        desk.record(mask);
        if (before && !desk.page().isEmpty()) {
            listener.getLogger().println(Messages.ContainerSession_recorded(desk.page()));
        }
    }

    /** The right as it is now. */
    void entry(Entry now) {
        entry = now;
    }

    /** Whether a command is under way. */
    boolean isBusy() {
        return command != null;
    }

    /**
     * Whether the process could be looked at, and still runs.
     */
    boolean runs() throws IOException {
        return state.process() != null && desk.runs(state.process());
    }

    void start(RunCommandPart what) throws IOException {
        confirm();
        record();
        say("$ " + what.getCommand().strip());
        part = what;
        log = new CommandLog(listener.getLogger(), what.getExpect());
        deadline = System.nanoTime() + what.getTimeout() * 1_000_000_000L;
        command = desk.start(what.words(), log);
    }

    /** Whether the process has become known since the last look. */
    boolean learnt() {
        if (command != null && state.process() == null && command.mark() != null) {
            state.process(command.mark());
            return true;
        }
        return false;
    }

    /**
     * Whether the command under way is over, and as it should be.
     *
     * @throws AbortException if it is not as it should be, or is over its time
     */
    boolean isOver() throws IOException, InterruptedException {
        if (!command.await(LOOK_MILLIS)) {
            if (System.nanoTime() - deadline > 0) {
                endCommand();
                throw new AbortException(Messages.ContainerSession_late(number(), part.getTimeout()));
            }
            return false;
        }
        ExecEnd end = command.end();
        CommandRun over = command;
        finish();
        desk.checkRecorded(over);
        if (end.exitCode() == ExecEnd.UNKNOWN) {
            throw new AbortException(
                    end.message().contains("executable file not found")
                            ? Messages.ContainerSession_shell(desk.place())
                            : Messages.ContainerSession_broke(number(), end.message()));
        }
        if (end.exitCode() != part.getExitCode()) {
            throw new AbortException(Messages.ContainerSession_exit(number(), end.exitCode(), part.getExitCode()));
        }
        if (!log.isFound()) {
            throw new AbortException(Messages.ContainerSession_text(number(), part.getExpect()));
        }
        state.outputs().add(log.kept());
        return true;
    }

    private void finish() {
        log.end();
        desk.ended(part.words(), command);
        command.close();
        command = null;
    }

    /** Ends the command under way, if one is, with all it started. */
    void endCommand() throws IOException, InterruptedException {
        if (command == null) {
            return;
        }
        boolean gone = desk.end(command);
        say(gone ? Messages.ContainerSession_ended(number()) : Messages.ContainerSession_there(number(), desk.place()));
        finish();
    }

    void upload(String from, String to) throws IOException, InterruptedException {
        confirm();
        FilePath source = workspace().child(from);
        if (!source.exists()) {
            throw new AbortException(Messages.ContainerSession_file(from));
        }
        if (source.isDirectory()) {
            uploadFolder(source, from, to);
            return;
        }
        if (source.length() > FileDesk.MOST_BYTES) {
            throw new AbortException(Messages.ContainerSession_large(from, String.valueOf(FileDesk.MOST_BYTES)));
        }
        Path spool = Files.createTempFile("shera-upload-", ".in");
        try (FileDesk files =
                FileDesk.open(entry, desk.place().pod(), desk.place().container())) {
            try (OutputStream out = Files.newOutputStream(spool)) {
                source.copyTo(out);
            }
            files.write(to, spool, "");
            say(Messages.ContainerSession_uploaded(from, to, Files.size(spool)));
        } finally {
            Files.delete(spool);
        }
    }

    /** The folder gets the last part of the path as its name. */
    private void uploadFolder(FilePath source, String from, String to) throws IOException, InterruptedException {
        String path = to.replaceAll("/+$", "");
        String above = path.substring(0, path.lastIndexOf('/') + 1);
        Path spool = Files.createTempFile("shera-upload-", ".tar");
        try (FileDesk files =
                FileDesk.open(entry, desk.place().pod(), desk.place().container())) {
            WorkspaceFolder.pack(source, path.substring(above.length()), FileDesk.MOST_BYTES, spool);
            FolderArchive.Copied copied =
                    files.writeFolder(above.equals("/") ? above : above.replaceAll("/+$", ""), spool);
            say(Messages.ContainerSession_uploadedFolder(from, path, copied.files(), copied.bytes()));
        } finally {
            Files.delete(spool);
        }
    }

    private void downloadFolder(String from, FilePath target, String to) throws IOException, InterruptedException {
        Path spool = Files.createTempFile("shera-download-", ".tar.gz");
        try (FileDesk files =
                FileDesk.open(entry, desk.place().pod(), desk.place().container())) {
            FolderArchive.Copied copied;
            try (OutputStream out = Files.newOutputStream(spool)) {
                copied = files.readFolder(from, out);
            }
            int[] came = WorkspaceFolder.unpack(spool, target);
            say(Messages.ContainerSession_downloadedFolder(from, to, came[0], copied.left() + came[1]));
        } finally {
            Files.delete(spool);
        }
    }

    void download(String from, String to) throws IOException, InterruptedException {
        confirm();
        FilePath target = workspace().child(to);
        if (from.endsWith("/")) {
            downloadFolder(from.replaceAll("(?<=.)/+$", ""), target, to);
            return;
        }
        try (FileDesk files =
                FileDesk.open(entry, desk.place().pod(), desk.place().container())) {
            if (target.getParent() != null) {
                target.getParent().mkdirs();
            }
            try (OutputStream out = target.write()) {
                files.read(from, out, FileDesk.MOST_BYTES);
            }
            say(Messages.ContainerSession_downloaded(from, to, target.length()));
        }
    }

    void pack(PackageImagePart what) throws IOException, InterruptedException {
        confirm();
        try (PackageDesk packing =
                PackageDesk.open(entry, desk.place().pod(), desk.place().container(), line -> say(line.toString()))) {
            Hand hand = new Hand(packing.origin().where(), entry.user(), Instant.now());
            Packed packed = packing.pack(what.choice(packing.changesToPack()), what.order(hand));
            packed.masked().forEach(each -> say(Messages.ContainerSession_masked(each)));
            packed.remarks().forEach(each -> say(each.toString()));
            state.image(packed.reference());
            say(Messages.ContainerSession_packaged(packed.reference(), packed.bytesSent()));
            if (what.getPatch() != null) {
                HandPatch patch = packing.patch(packed);
                FilePath file = workspace().child(what.getPatch());
                if (file.getParent() != null) {
                    file.getParent().mkdirs();
                }
                file.write(patch.text(), "UTF-8");
                say(Messages.ContainerSession_patch(
                        what.getPatch(), patch.binary().size(), patch.left().size()));
            }
        }
    }

    /** What was done in the container is lost when it was started again, and another must not be taken for it. */
    private void confirm() throws IOException {
        try (CommandDesk now =
                CommandDesk.open(entry, desk.place().pod(), "", desk.place().container())) {
            if (!now.place().isSame(desk.place())) {
                throw new AbortException(Messages.ContainerSession_replaced(desk.place()));
            }
        }
    }

    private FilePath workspace() throws AbortException {
        if (workspace == null) {
            throw new AbortException(Messages.ContainerSession_node());
        }
        return workspace;
    }

    private int number() {
        return state.next() + 1;
    }

    private void say(String line) {
        listener.getLogger().println(line);
        desk.note(line);
    }

    /** Where it works, in words. */
    String where() {
        return request + " (" + desk.place() + ")";
    }

    @Override
    public void close() {
        if (command != null) {
            command.close();
        }
        desk.close();
    }
}
