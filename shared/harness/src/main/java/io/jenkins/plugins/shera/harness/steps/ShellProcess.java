package io.jenkins.plugins.shera.harness.steps;

import hudson.EnvVars;
import hudson.Util;
import hudson.model.TaskListener;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A shell script in a session of its own, known by a folder: {@code script.sh}, {@code pid}, {@code log},
 * {@code output}, {@code result}, and in {@code read} how much of the log was passed on.
 */
final class ShellProcess {
    private static final Logger LOGGER = Logger.getLogger(ShellProcess.class.getName());
    /** $1 is the folder, $2 says whether stdout goes to a file of its own, the rest is the command. */
    private static final String WRAPPER = "dir=$1; apart=$2; shift 2; echo $$ > \"$dir/pid\"; "
            + "if [ \"$apart\" = true ]; then \"$@\" < /dev/null > \"$dir/output\" 2> \"$dir/log\"; "
            + "else \"$@\" < /dev/null > \"$dir/log\" 2>&1; fi; "
            + "echo $? > \"$dir/result.part\"; mv \"$dir/result.part\" \"$dir/result\"";

    private final Path folder;

    ShellProcess(File folder) {
        this.folder = folder.toPath();
    }

    /** A new folder below the one given. */
    static ShellProcess create(File beside) throws IOException {
        Path folder = beside.toPath()
                .resolve("durable-" + UUID.randomUUID().toString().substring(0, 8));
        Files.createDirectories(folder);
        return new ShellProcess(folder.toFile());
    }

    File folder() {
        return folder.toFile();
    }

    void launch(String script, File directory, EnvVars environment, boolean outputApart) throws IOException {
        Path file = folder.resolve("script.sh");
        Files.writeString(file, script);
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(Path.of("/usr/bin/setsid"))) {
            command.add("/usr/bin/setsid");
        }
        command.addAll(List.of("sh", "-c", WRAPPER, "sh", folder.toString(), String.valueOf(outputApart)));
        if (script.startsWith("#!") && file.toFile().setExecutable(true, true)) {
            command.add(file.toString());
        } else {
            command.addAll(List.of("sh", "-xe", file.toString()));
        }
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory);
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.redirectInput(new File("/dev/null"));
        builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        Process process = builder.start();
        Files.writeString(folder.resolve("launched"), String.valueOf(process.pid()));
    }

    /** Passes on what the script has written since last time, whole lines first; true when there was anything. */
    boolean copyLog(TaskListener listener) throws IOException {
        Path log = folder.resolve("log");
        if (!Files.exists(log)) {
            return false;
        }
        Path mark = folder.resolve("read");
        long from = Files.exists(mark) ? Long.parseLong(Files.readString(mark).trim()) : 0;
        boolean over = exitCode() != null;
        boolean any = false;
        try (RandomAccessFile in = new RandomAccessFile(log.toFile(), "r")) {
            in.seek(from);
            byte[] buffer = new byte[65536];
            for (int n = in.read(buffer); n > 0; n = in.read(buffer)) {
                int whole = over || n == buffer.length ? n : lastLineEnd(buffer, n);
                if (whole == 0) {
                    break;
                }
                listener.getLogger().write(buffer, 0, whole);
                listener.getLogger().flush();
                from += whole;
                in.seek(from);
                any = true;
                remember(mark, from, over && from == in.length() && buffer[whole - 1] != '\n' ? listener : null);
            }
        }
        return any;
    }

    private void remember(Path mark, long read, TaskListener unended) throws IOException {
        if (unended != null) {
            unended.getLogger().println();
        }
        Path part = folder.resolve("read.part");
        Files.writeString(part, String.valueOf(read));
        Files.move(part, mark, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static int lastLineEnd(byte[] buffer, int length) {
        int end = length;
        while (end > 0 && buffer[end - 1] != '\n') {
            end--;
        }
        return end;
    }

    /** The exit code, or null while there is none. */
    Integer exitCode() throws IOException {
        Path result = folder.resolve("result");
        return Files.exists(result) ? Integer.valueOf(Files.readString(result).trim()) : null;
    }

    /** What the script wrote to its standard output. */
    String output(Charset charset) throws IOException {
        Path output = folder.resolve("output");
        return Files.exists(output) ? Files.readString(output, charset) : "";
    }

    /** The id of the process, which leads a group of its own; 0 when it is not known. */
    long pid() {
        for (String name : List.of("pid", "launched")) {
            try {
                String text = Files.readString(folder.resolve(name), StandardCharsets.US_ASCII)
                        .trim();
                if (!text.isEmpty()) {
                    return Long.parseLong(text);
                }
            } catch (IOException e) {
                LOGGER.log(Level.FINE, "No process id yet in {0}", folder);
            }
        }
        return 0;
    }

    boolean isAlive() {
        long pid = pid();
        return pid == 0
                ? Files.exists(folder)
                : ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    /** Sends a signal to the script and everything it started. */
    void signal(String name) throws IOException {
        long pid = pid();
        if (pid > 1) {
            String target = Files.isExecutable(Path.of("/usr/bin/setsid")) ? "-" + pid : String.valueOf(pid);
            new ProcessBuilder("kill", "-s", name, "--", target)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        }
    }

    /** Forgets the process. */
    void delete() {
        try {
            Util.deleteRecursive(folder.toFile());
        } catch (IOException e) {
            LOGGER.log(Level.FINE, e, () -> folder + " is left behind");
        }
    }
}
