package io.jenkins.plugins.shera.terminal.steps;

import io.jenkins.plugins.shera.terminal.command.ContainerPlace;
import io.jenkins.plugins.shera.terminal.command.ProcessMark;
import java.io.Serializable;
import java.util.ArrayList;

/** How far a session is; saved with the build before and after each part. For one thread at a time. */
final class SessionState implements Serializable {
    private static final long serialVersionUID = 1L;

    private final ArrayList<String> outputs = new ArrayList<>();
    private ContainerPlace place;
    private int next;
    private boolean begun;
    private ProcessMark process;
    private String image = "";

    /** The container, once chosen; null before. */
    ContainerPlace place() {
        return place;
    }

    void place(ContainerPlace chosen) {
        place = chosen;
    }

    /** Index of the part that is under way or comes next. */
    int next() {
        return next;
    }

    /** Whether that part was begun. */
    boolean isBegun() {
        return begun;
    }

    void begin() {
        begun = true;
    }

    void done() {
        begun = false;
        process = null;
        next++;
    }

    /** The process of the command under way, once it is known. */
    ProcessMark process() {
        return process;
    }

    void process(ProcessMark known) {
        process = known;
    }

    /** What the commands said, in order. */
    ArrayList<String> outputs() {
        return outputs;
    }

    /** The image made, by digest; empty while there is none. */
    String image() {
        return image;
    }

    void image(String reference) {
        image = reference;
    }
}
