package io.jenkins.plugins.shera.nginx.pages;

import io.jenkins.plugins.shera.platform.input.Fields;
import io.jenkins.plugins.shera.platform.input.Refusal;

/**
 * The part of a request that says in which stages files are pushed.
 *
 * @param batch how many nodes take them at a time, after the first node alone
 * @param pause seconds between the stages
 */
record StageFields(int batch, int pause) {
    /** Seconds of all rests together: proxies before Jenkins wait a minute for an answer. */
    static final int LONGEST = 50;

    /**
     * Refuses what the caller would not wait for.
     *
     * @param nodes how many there are
     * @param watched seconds for which errors are watched after each stage
     */
    static StageFields of(Fields fields, int nodes, long watched) {
        long batch = fields.number("batch").orElse(Integer.MAX_VALUE);
        long pause = fields.number("pause").orElse(0);
        if (batch < 1) {
            throw Refusal.input("batch", Messages.stages_batch(), Messages.stages_batch_next());
        }
        if (pause < 0) {
            throw Refusal.input("pause", Messages.stages_pause(), Messages.stages_pause_next());
        }
        long size = Math.min(batch, Integer.MAX_VALUE);
        long rests = nodes < 2 ? 0 : (nodes - 2 + size) / size;
        long each = Math.max(pause, watched);
        // The last stage is watched, too. Divided, so that no number is too large to count with.
        if (rests > 0 && each > (LONGEST - watched) / rests) {
            throw Refusal.input("pause", Messages.stages_long(rests, each, LONGEST), Messages.stages_long_next());
        }
        return new StageFields((int) size, (int) pause);
    }
}
