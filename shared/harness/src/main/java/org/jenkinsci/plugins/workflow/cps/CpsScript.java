package org.jenkinsci.plugins.workflow.cps;

import com.cloudbees.groovy.cps.SerializableScript;
import groovy.lang.Closure;
import groovy.lang.MissingPropertyException;
import io.jenkins.plugins.shera.harness.pipeline.DeclarativeScripts;
import io.jenkins.plugins.shera.harness.pipeline.GlobalNames;
import io.jenkins.plugins.shera.harness.pipeline.StepNames;
import java.io.File;

/** The superclass of every Pipeline script: names that the script does not define are steps and globals. */
public abstract class CpsScript extends SerializableScript {
    private static final long serialVersionUID = 1L;

    @Override
    public final Object invokeMethod(String name, Object args) {
        if (getBinding().hasVariable(name) && getBinding().getVariable(name) instanceof Closure<?> closure) {
            return closure.call(args instanceof Object[] list ? list : new Object[] {args});
        }
        if (name.equals("pipeline")) {
            return DeclarativeScripts.run(this, args);
        }
        return StepNames.call(name, args);
    }

    @Override
    public Object getProperty(String property) {
        try {
            return super.getProperty(property);
        } catch (MissingPropertyException e) {
            if (!GlobalNames.has(property)) {
                throw e;
            }
            return GlobalNames.value(property, this);
        }
    }

    @Override
    public void println() {
        invokeMethod("echo", "");
    }

    @Override
    public void print(Object value) {
        println(value);
    }

    @Override
    public void println(Object value) {
        invokeMethod("echo", String.valueOf(value));
    }

    @Override
    public void printf(String format, Object value) {
        print(String.format(format, value));
    }

    @Override
    public void printf(String format, Object[] values) {
        print(String.format(format, values));
    }

    /** The step of this name, in seconds, instead of what Groovy would do. */
    public Object sleep(long arg) {
        return invokeMethod("sleep", arg);
    }

    @Override
    public Object evaluate(File file) {
        throw new UnsupportedOperationException("A Pipeline cannot evaluate " + file);
    }

    /** Nothing is left to do: all that is not saved is found by the thread that runs the program. */
    protected Object readResolve() {
        return this;
    }
}
