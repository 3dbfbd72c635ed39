package io.jenkins.plugins.shera.deploy.steps;

/**
 * At which ticks of 200 ms a deployment looks: at each in the first ten seconds, when most are complete, at every third in the first
 * minute, and every three seconds later.
 */
final class Attention {

    private static final int CLOSE = 50;
    private static final int NEAR = 300;

    private Attention() {}

    /** Whether the tick of this number, counted from 0, looks. */
    static boolean isDue(int tick) {
        return tick < CLOSE || tick % (tick < NEAR ? 3 : 15) == 0;
    }
}
