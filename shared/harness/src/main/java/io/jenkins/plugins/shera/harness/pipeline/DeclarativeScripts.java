package io.jenkins.plugins.shera.harness.pipeline;

import groovy.lang.Closure;
import groovy.lang.GroovyObject;
import groovy.lang.Script;
import io.jenkins.plugins.shera.harness.cps.ScriptCompiler;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.codehaus.groovy.runtime.InvokerHelper;

/** Lets a script that begins with {@code pipeline { ... }} be run. */
public final class DeclarativeScripts {
    private static final String RUNNER = "DeclarativePipeline";
    private static final Pattern DECLARATIVE = Pattern.compile("(?m)^\\s*pipeline\\s*\\{");

    private DeclarativeScripts() {}

    /** Adds what runs a declarative script, when this is one. */
    static void addTo(ScriptCompiler compiler, String script) throws IOException {
        if (!DECLARATIVE.matcher(script).find()) {
            return;
        }
        String name = RUNNER + ".groovy";
        try (InputStream in = DeclarativeScripts.class.getResourceAsStream(name)) {
            compiler.add(new String(in.readAllBytes(), StandardCharsets.UTF_8), name);
        }
    }

    /** Runs the body of {@code pipeline}; suspends like any call of a script. */
    public static Object run(Script script, Object arguments) {
        Object[] list = arguments instanceof Object[] array ? array : new Object[] {arguments};
        if (list.length != 1 || !(list[0] instanceof Closure<?> body)) {
            throw new IllegalArgumentException("pipeline needs a body and nothing else");
        }
        Class<?> runner;
        try {
            runner = script.getClass().getClassLoader().loadClass(RUNNER);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("pipeline { must begin a line of its own", e);
        }
        GroovyObject pipeline = (GroovyObject) InvokerHelper.invokeConstructorOf(runner, script);
        return pipeline.invokeMethod("run", new Object[] {body});
    }
}
