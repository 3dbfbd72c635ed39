package io.jenkins.plugins.shera.build.process;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Starts programs where the source is; by argument vector, never through a shell. */
public interface Programs {
    /**
     * Runs a program in the workspace to its end.
     *
     * @param shown whether its output goes to the log as it comes
     * @throws IOException when it cannot be started
     */
    Outcome run(List<String> command, Map<String, String> environment, boolean shown)
            throws IOException, InterruptedException;

    /** How a program ended. */
    final class Outcome {
        private final int code;
        private final String output;

        /** The output may be cut to its last part. */
        public Outcome(int code, String output) {
            this.code = code;
            this.output = output;
        }

        /** Whether it ended with 0. */
        public boolean isGood() {
            return code == 0;
        }

        /** The exit code. */
        public int code() {
            return code;
        }

        /** What it wrote, both streams. */
        public String output() {
            return output;
        }
    }
}
