package io.jenkins.plugins.shera.harness.pipeline;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** What the steps around a body put there for the steps inside, innermost last; saved with the program. */
final class Surroundings implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Surroundings outer;
    private final int outerThread;
    private final ArrayList<Object> values;
    private final String block;
    private String head;

    private Surroundings(Surroundings outer, int outerThread, List<Object> values, String block) {
        this.outer = outer;
        this.outerThread = outerThread;
        this.values = new ArrayList<>(values);
        this.block = block;
        this.head = block;
    }

    /** Those of the script itself, inside the block that is the whole flow. */
    static Surroundings outermost(String block) {
        return new Surroundings(null, 0, List.of(), block);
    }

    /** Those of a body inside this, of a step that runs on the thread given. */
    Surroundings inner(int thread, List<Object> more, String innerBlock) {
        return new Surroundings(this, thread, more, innerBlock);
    }

    /** The thread whose step called the body, 0 for the script itself. */
    int outerThread() {
        return outerThread;
    }

    /** The node that opened the block. */
    String block() {
        return block;
    }

    /** The newest node of this line of control. */
    String head() {
        return head;
    }

    void advance(String node) {
        head = node;
    }

    /** The innermost value of this type, or null. */
    <T> T find(Class<T> type) {
        for (int i = values.size() - 1; i >= 0; i--) {
            if (type.isInstance(values.get(i))) {
                return type.cast(values.get(i));
            }
        }
        return outer == null ? null : outer.find(type);
    }
}
