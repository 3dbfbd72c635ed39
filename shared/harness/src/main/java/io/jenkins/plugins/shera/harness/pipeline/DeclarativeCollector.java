package io.jenkins.plugins.shera.harness.pipeline;

import groovy.lang.Closure;
import groovy.lang.GString;
import groovy.lang.GroovyObjectSupport;
import groovy.lang.MissingPropertyException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Stands behind a closure while it runs and notes down what it calls and sets, instead of doing it. */
final class DeclarativeCollector extends GroovyObjectSupport {
    private final List<DeclarativeEntry> calls = new ArrayList<>();
    private final Map<String, Object> set = new LinkedHashMap<>();

    private DeclarativeCollector() {}

    /** Runs the closure and returns what it called. */
    static List<DeclarativeEntry> calls(Closure<?> body, Object script) {
        return run(body, script).calls;
    }

    /** Runs the closure and returns what it set. */
    static List<DeclarativeEntry> assignments(Closure<?> body, Object script) {
        List<DeclarativeEntry> entries = new ArrayList<>();
        run(body, script).set.forEach((name, value) -> entries.add(new DeclarativeEntry(name, value)));
        return entries;
    }

    private static DeclarativeCollector run(Closure<?> body, Object script) {
        DeclarativeCollector collector = new DeclarativeCollector();
        body.setDelegate(collector);
        body.setResolveStrategy(Closure.DELEGATE_ONLY);
        try {
            PlainCalls.call(body);
        } finally {
            body.setDelegate(script);
            body.setResolveStrategy(Closure.OWNER_FIRST);
        }
        return collector;
    }

    @Override
    public Object invokeMethod(String name, Object args) {
        Object[] list = args instanceof Object[] array ? array : new Object[] {args};
        if (name.equals("credentials") && list.length == 1) {
            return new DeclarativeCredentials(String.valueOf(list[0]));
        }
        calls.add(new DeclarativeEntry(name, list));
        return null;
    }

    @Override
    public Object getProperty(String name) {
        if (name.equals("any") || name.equals("none")) {
            return name;
        }
        if (set.containsKey(name)) {
            return set.get(name);
        }
        if (GlobalNames.has(name)) {
            return GlobalNames.value(name, (org.jenkinsci.plugins.workflow.cps.CpsScript)
                    ProgramRunner.current().program().script());
        }
        throw new MissingPropertyException("No such property: " + name + " in a declarative section");
    }

    @Override
    public void setProperty(String name, Object value) {
        set.put(name, value instanceof GString ? value.toString() : value);
    }
}
