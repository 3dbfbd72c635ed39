package io.jenkins.plugins.shera.harness.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.shera.harness.extension.AnnotationIndex;
import org.jenkinsci.Symbol;
import org.junit.jupiter.api.Test;

/** Symbols, initializers and terminators are found through the files that the processor wrote. */
class SymbolIndexTest {
    private final ClassLoader loader = getClass().getClassLoader();

    @Test
    void listsTheClassesThatCarryASymbol() throws Exception {
        assertThat(AnnotationIndex.classes(Symbol.class, loader))
                .contains(Note.class, hudson.model.StringParameterDefinition.DescriptorImpl.class);
    }

    @Test
    void listsTheMethodsThatCarryAnInitializer() throws Exception {
        assertThat(AnnotationIndex.methods(hudson.init.Initializer.class, loader))
                .extracting(java.lang.reflect.Method::getName)
                .contains("admire", "afterJobs", "first", "paint");
    }
}
