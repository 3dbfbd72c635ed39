package org.jenkinsci.plugins.workflow.cps;

import groovy.lang.GroovyObjectSupport;
import hudson.EnvVars;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.shera.harness.pipeline.StepNames;
import java.io.IOException;
import java.io.Serializable;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import jenkins.model.RunAction2;

/** The global {@code env}: reads the environment, and keeps what the script sets for the rest of the build. */
public class EnvActionImpl extends GroovyObjectSupport implements Serializable, RunAction2 {
    private static final long serialVersionUID = 1L;

    private final TreeMap<String, String> env = new TreeMap<>();
    private transient Run<?, ?> owner;

    private EnvActionImpl() {}

    /** That of a build; added to it on first use. */
    public static EnvActionImpl forRun(Run<?, ?> run) throws IOException {
        synchronized (run) {
            EnvActionImpl known = run.getAction(EnvActionImpl.class);
            if (known == null) {
                known = new EnvActionImpl();
                run.addAction(known);
                run.save();
            }
            return known;
        }
    }

    /** The environment of the build with what the script has set. */
    public EnvVars getEnvironment() throws IOException, InterruptedException {
        return owner.getEnvironment(TaskListener.NULL);
    }

    /** What the script has set. */
    public Map<String, String> getOverriddenEnvironment() {
        synchronized (env) {
            return Collections.unmodifiableMap(new TreeMap<>(env));
        }
    }

    @Override
    public String getProperty(String propertyName) {
        if (propertyName.equals("class")) {
            return getClass().getName();
        }
        return StepNames.environment().get(propertyName);
    }

    @Override
    public void setProperty(String propertyName, Object newValue) {
        synchronized (env) {
            env.put(propertyName, String.valueOf(newValue));
        }
        try {
            owner.save();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("env." + propertyName + " cannot be saved", e);
        }
    }

    @Override
    public void onAttached(Run<?, ?> r) {
        owner = r;
    }

    @Override
    public void onLoad(Run<?, ?> r) {
        owner = r;
    }

    @Override
    public String getIconFileName() {
        return null;
    }

    @Override
    public String getDisplayName() {
        return null;
    }

    @Override
    public String getUrlName() {
        return null;
    }
}
