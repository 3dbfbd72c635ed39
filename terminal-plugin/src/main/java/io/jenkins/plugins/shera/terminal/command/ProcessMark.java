package io.jenkins.plugins.shera.terminal.command;

import java.io.Serializable;

/** A process of a container, told apart from a later one of the same number by when it was started. */
public final class ProcessMark implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String pid;
    private final String start;

    /** {@code start} is field 22 of {@code /proc/PID/stat}, in clock ticks since the start of the machine. */
    public ProcessMark(String pid, String start) {
        this.pid = pid;
        this.start = start;
    }

    /** Its number in the container. */
    public String pid() {
        return pid;
    }

    /** When it was started, as its machine counts. */
    public String start() {
        return start;
    }
}
