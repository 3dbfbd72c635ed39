package io.jenkins.plugins.shera.harness.core;

import hudson.Extension;
import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.init.Terminator;
import hudson.model.Item;
import hudson.model.listeners.ItemListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import jenkins.model.Jenkins;

/** Writes down when it was called. */
public final class Milestones {
    static final List<String> SEEN = new CopyOnWriteArrayList<>();

    private Milestones() {}

    /** Waits for what the next method attains. */
    @Initializer(after = InitMilestone.PLUGINS_STARTED, requires = "paint")
    public static void admire() {
        SEEN.add("admire");
    }

    /** Attains what another method waits for. */
    @Initializer(after = InitMilestone.PLUGINS_STARTED, attains = "paint")
    public static void paint() {
        SEEN.add("paint");
    }

    /** Runs once the items are there. */
    @Initializer(after = InitMilestone.JOB_LOADED)
    public static void afterJobs() {
        SEEN.add("jobs " + Jenkins.get().getItems().size());
    }

    /** Runs before the settings are read. */
    @Initializer(before = InitMilestone.SYSTEM_CONFIG_LOADED)
    public static void first() {
        SEEN.add("first");
    }

    /** Runs last. */
    @Terminator(requires = "lights")
    public static void lock() {
        SEEN.add("lock");
    }

    /** Runs before the last. */
    @Terminator(attains = "lights")
    public static void lightsOut() {
        SEEN.add("lights");
    }

    /** Is told that all is there. */
    @Extension
    public static class Listener extends ItemListener {
        @Override
        public void onLoaded() {
            SEEN.add("loaded");
        }

        @Override
        public void onLocationChanged(Item item, String oldFullName, String newFullName) {
            SEEN.add(oldFullName + " -> " + newFullName);
        }
    }
}
