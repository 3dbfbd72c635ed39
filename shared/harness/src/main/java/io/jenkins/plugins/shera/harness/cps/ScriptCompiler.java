package io.jenkins.plugins.shera.harness.cps;

import com.cloudbees.groovy.cps.CpsTransformer;
import com.cloudbees.groovy.cps.NonCPS;
import com.cloudbees.groovy.cps.TransformerConfiguration;
import groovy.lang.Binding;
import groovy.lang.GroovyClassLoader;
import groovy.lang.GroovyCodeSource;
import groovy.lang.Script;
import java.util.List;
import org.codehaus.groovy.control.CompilerConfiguration;
import org.codehaus.groovy.control.customizers.ImportCustomizer;

/** Compiles one Pipeline script into classes whose methods can be suspended. */
public final class ScriptCompiler {
    /** The class name of every Pipeline script: a saved program finds its classes again by it. */
    public static final String SCRIPT_NAME = "WorkflowScript";

    private final GroovyClassLoader loader;

    /**
     * @param parent sees the base class and whatever the script names
     * @param base the superclass of the script
     * @param starImports packages imported into the script without being named
     */
    public ScriptCompiler(ClassLoader parent, Class<? extends Script> base, List<String> starImports) {
        CompilerConfiguration configuration = new CompilerConfiguration();
        ImportCustomizer imports = new ImportCustomizer();
        imports.addImports(NonCPS.class.getName());
        starImports.forEach(imports::addStarImports);
        configuration.addCompilationCustomizers(imports);
        CpsTransformer transformer = new CpsTransformer();
        transformer.setConfiguration(new TransformerConfiguration().withClosureType(ProgramClosure.class));
        configuration.addCompilationCustomizers(transformer);
        configuration.setScriptBaseClass(base.getName());
        loader = new GroovyClassLoader(parent, configuration);
    }

    /** The loader of the script's classes, which is the one a saved program must be read with. */
    public ClassLoader loader() {
        return loader;
    }

    /** Compiles classes that scripts may use, which can be suspended like the scripts themselves. */
    public void add(String text, String fileName) {
        GroovyCodeSource source = new GroovyCodeSource(text, fileName, "/groovy/shell");
        source.setCachable(false);
        loader.parseClass(source);
    }

    /**
     * Compiles the text.
     *
     * @throws org.codehaus.groovy.control.CompilationFailedException with line and column, when it is not Groovy
     */
    public Script compile(String text, Binding binding) {
        GroovyCodeSource source = new GroovyCodeSource(text, SCRIPT_NAME + ".groovy", "/groovy/shell");
        source.setCachable(false);
        Class<?> type = loader.parseClass(source);
        try {
            Script script = (Script) type.getConstructor().newInstance();
            script.setBinding(binding);
            return script;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Cannot create the script from " + type + ": " + e, e);
        }
    }
}
