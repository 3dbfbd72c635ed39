package hudson;

import io.jenkins.plugins.shera.harness.files.ProcessTable;
import io.jenkins.plugins.shera.harness.queue.Daemons;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process of this machine with its streams pumped where the starter wants them. */
final class RunningProcess extends Proc {
    private final Process process;
    private final Map<String, String> cookie;
    private final List<Thread> pumps = new ArrayList<>();

    RunningProcess(Launcher.ProcStarter starter) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(starter.cmds());
        if (starter.pwd() != null) {
            builder.directory(new File(starter.pwd().getRemote()));
        }
        for (String line : starter.envs()) {
            int equals = line.indexOf('=');
            builder.environment().put(line.substring(0, equals), line.substring(equals + 1));
        }
        cookie = ProcessTable.cookie(builder.environment());
        boolean merged = starter.stdout() != null && starter.stderr() == null && !starter.readsStderr();
        builder.redirectErrorStream(merged);
        process = builder.start();
        if (!starter.readsStdout()) {
            pump(process.getInputStream(), starter.stdout());
        }
        if (!merged && !starter.readsStderr()) {
            pump(process.getErrorStream(), starter.stderr());
        }
        if (starter.stdin() != null) {
            feed(starter.stdin());
        } else if (!starter.writesStdin()) {
            process.getOutputStream().close();
        }
    }

    private void pump(InputStream from, OutputStream to) {
        OutputStream target = to == null ? OutputStream.nullOutputStream() : to;
        start(() -> from.transferTo(target));
    }

    private void feed(InputStream from) {
        Thread thread = Daemons.named("stdin of " + process.pid()).newThread(() -> {
            try (OutputStream to = process.getOutputStream()) {
                from.transferTo(to);
            } catch (IOException e) {
                // the process has closed its input, which it may
            }
        });
        thread.start();
    }

    private void start(Copying copying) {
        Thread thread = Daemons.named("output of " + process.pid()).newThread(() -> {
            try {
                copying.run();
            } catch (IOException e) {
                // the process is gone, and its exit code tells more
            }
        });
        thread.start();
        pumps.add(thread);
    }

    private interface Copying {
        void run() throws IOException;
    }

    @Override
    public boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void kill() throws InterruptedException {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        if (!process.waitFor(5, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        ProcessTable.kill(cookie);
        join();
    }

    @Override
    public int join() throws InterruptedException {
        try {
            int code = process.waitFor();
            for (Thread pump : pumps) {
                pump.join(TimeUnit.SECONDS.toMillis(3));
            }
            return code;
        } catch (InterruptedException e) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            throw e;
        }
    }

    @Override
    public InputStream getStdout() {
        return process.getInputStream();
    }

    @Override
    public InputStream getStderr() {
        return process.getErrorStream();
    }

    @Override
    public OutputStream getStdin() {
        return process.getOutputStream();
    }
}
