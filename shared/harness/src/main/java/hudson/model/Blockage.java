package hudson.model;

import hudson.model.queue.CauseOfBlockage;

/** Why a task waits, as text. */
final class Blockage extends CauseOfBlockage {
    private final String text;

    Blockage(String text) {
        this.text = text;
    }

    @Override
    public String getShortDescription() {
        return text;
    }
}
