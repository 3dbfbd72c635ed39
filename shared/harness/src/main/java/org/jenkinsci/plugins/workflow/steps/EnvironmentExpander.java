package org.jenkinsci.plugins.workflow.steps;

import hudson.EnvVars;
import java.io.IOException;
import java.io.Serializable;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Adds variables to the environment of the steps inside a body. */
public abstract class EnvironmentExpander implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Adds the variables to the map given. */
    public abstract void expand(EnvVars env) throws IOException, InterruptedException;

    /** The names of variables that hold secrets. */
    public Set<String> getSensitiveVariables() {
        return Set.of();
    }

    /** An expander that sets these variables. */
    public static EnvironmentExpander constant(Map<String, String> env) {
        return new Constant(env);
    }

    /** Both expanders, the subsequent one last. */
    public static EnvironmentExpander merge(EnvironmentExpander original, EnvironmentExpander subsequent) {
        return original == null ? subsequent : new Both(original, subsequent);
    }

    private static final class Constant extends EnvironmentExpander {
        private static final long serialVersionUID = 1L;

        private final TreeMap<String, String> overrides;

        Constant(Map<String, String> overrides) {
            this.overrides = new TreeMap<>(overrides);
        }

        @Override
        public void expand(EnvVars env) {
            env.overrideAll(overrides);
        }
    }

    private static final class Both extends EnvironmentExpander {
        private static final long serialVersionUID = 1L;

        private final EnvironmentExpander original;
        private final EnvironmentExpander subsequent;

        Both(EnvironmentExpander original, EnvironmentExpander subsequent) {
            this.original = original;
            this.subsequent = subsequent;
        }

        @Override
        public void expand(EnvVars env) throws IOException, InterruptedException {
            original.expand(env);
            subsequent.expand(env);
        }

        @Override
        public Set<String> getSensitiveVariables() {
            Set<String> all = new LinkedHashSet<>(original.getSensitiveVariables());
            all.addAll(subsequent.getSensitiveVariables());
            return all;
        }
    }
}
