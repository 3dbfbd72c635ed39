package io.jenkins.plugins.shera.harness.steps;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.model.TaskListener;
import hudson.slaves.WorkspaceList;
import java.io.File;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/** Watches one shell script; found again after a restart by the folder it writes into. */
final class ShellExecution extends StepExecution {
    private static final long serialVersionUID = 1L;
    private static final long KILL_AFTER_MILLIS = TimeUnit.SECONDS.toMillis(10);
    private static final ScheduledExecutorService WATCH = Executors.newScheduledThreadPool(4, work -> {
        Thread thread = new Thread(work, "sh watcher");
        thread.setDaemon(true);
        return thread;
    });

    private final String script;
    private final boolean returnStdout;
    private final boolean returnStatus;
    private final String encoding;
    private File control;
    private Throwable stopCause;
    private long killAt;
    private transient TaskListener listener;
    private transient ScheduledFuture<?> next;
    private transient long pause;

    ShellExecution(StepContext context, String script, boolean returnStdout, boolean returnStatus, String encoding) {
        super(context);
        this.script = script;
        this.returnStdout = returnStdout;
        this.returnStatus = returnStatus;
        this.encoding = encoding;
    }

    @Override
    public boolean start() throws Exception {
        FilePath here = getContext().get(FilePath.class);
        here.mkdirs();
        FilePath beside = WorkspaceList.tempDir(workspace(here));
        ShellProcess process = ShellProcess.create(new File(beside.getRemote()));
        control = process.folder();
        process.launch(script, new File(here.getRemote()), getContext().get(EnvVars.class), returnStdout);
        schedule();
        return false;
    }

    private FilePath workspace(FilePath here) throws IOException, InterruptedException {
        String root = getContext().get(EnvVars.class).get("WORKSPACE");
        return root == null ? here : new FilePath(new File(root));
    }

    @Override
    public void onResume() {
        schedule();
    }

    private synchronized void schedule() {
        pause = Math.min(1000, pause * 3 / 2 + 20);
        next = WATCH.schedule(this::look, pause, TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            ShellProcess process = new ShellProcess(control);
            Integer code = process.exitCode();
            boolean gone = code == null && !process.isAlive();
            if (process.copyLog(log())) {
                pause = 0;
            }
            if (gone) {
                code = process.exitCode();
            }
            if (code != null) {
                process.copyLog(log());
                finish(process, code);
            } else if (gone) {
                fail(new AbortException("script ended without an exit code: somebody killed process " + process.pid()
                        + ", or the machine was restarted"));
            } else {
                killInTime(process);
                schedule();
            }
        } catch (IOException | InterruptedException e) {
            fail(e);
        }
    }

    private TaskListener log() throws IOException, InterruptedException {
        if (listener == null) {
            listener = getContext().get(TaskListener.class);
        }
        return listener;
    }

    private void finish(ShellProcess process, int code) throws IOException {
        String output = returnStdout
                ? process.output(encoding == null ? StandardCharsets.UTF_8 : Charset.forName(encoding))
                : null;
        if (stopCause != null) {
            getContext().onFailure(stopCause);
        } else if (returnStatus) {
            getContext().onSuccess(code);
        } else if (code != 0) {
            getContext().onFailure(new AbortException("script returned exit code " + code));
        } else {
            getContext().onSuccess(output);
        }
        getContext().saveState().addListener(process::delete, WATCH);
    }

    private void fail(Exception problem) {
        getContext().onFailure(stopCause == null ? problem : stopCause);
    }

    private void killInTime(ShellProcess process) throws IOException {
        if (stopCause != null && System.currentTimeMillis() > killAt) {
            killAt = Long.MAX_VALUE;
            process.signal("KILL");
        }
    }

    @Override
    public void stop(Throwable cause) throws Exception {
        if (control == null) {
            super.stop(cause);
            return;
        }
        stopCause = cause;
        killAt = System.currentTimeMillis() + KILL_AFTER_MILLIS;
        log().getLogger().println("Sending interrupt signal to process");
        new ShellProcess(control).signal("TERM");
        synchronized (this) {
            if (next != null && next.cancel(false)) {
                pause = 0;
                schedule();
            }
        }
    }

    @Override
    public String getStatus() {
        return control == null ? "not started" : "running in process " + new ShellProcess(control).pid();
    }
}
