package io.jenkins.plugins.shera.harness.cps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.groovy.cps.Outcome;
import groovy.lang.Binding;
import java.io.NotSerializableException;
import java.nio.file.Path;
import java.util.List;
import org.codehaus.groovy.control.MultipleCompilationErrorsException;
import org.jboss.marshalling.ObjectResolver;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramTest {
    static Outcome result;

    @TempDir
    Path folder;

    String text;
    Program program;
    ClassLoader loader;

    @BeforeEach
    void forget() {
        TestScript.SAID.clear();
        result = null;
    }

    @Test
    void waitsForAValueFromOutside() {
        start("def x = wait('a'); say x; return x + 1");
        resume("a", 41);
        assertThat(TestScript.SAID).containsExactly("41");
        assertThat(result.getNormal()).isEqualTo(42);
        assertThat(program.isOver()).isTrue();
    }

    @Test
    void goesOnFromAFileInAnotherLoader() throws Exception {
        start("def sum = 0\nfor (x in 1..3) { sum += x * wait(\"v${x}\") }\nsay sum");
        saveAndLoad();
        resume("v1", 10);
        saveAndLoad();
        resume("v2", 10);
        saveAndLoad();
        resume("v3", 10);
        assertThat(TestScript.SAID).containsExactly("60");
    }

    @Test
    void keepsEveryBranchOverASave() throws Exception {
        start(
                "def got = [:]\nfork(one: { got.one = wait('1') }, two: { [a: 1, b: 2].each { k, v -> got[k] = wait(k) } })\nsay got");
        saveAndLoad();
        resume("a", "A");
        saveAndLoad();
        resume("1", "I");
        resume("b", "B");
        assertThat(TestScript.SAID).containsExactly("{a=A, one=I, b=B}");
    }

    @Test
    void throwsIntoTheScriptWhatTheOutsideFailedWith() throws Exception {
        start(
                "try { wait('a') } catch (IllegalArgumentException e) { say e.message; wait('b') } finally { say 'end' }");
        saveAndLoad();
        resume("a", new IllegalArgumentException("no"));
        saveAndLoad();
        resume("b", 1);
        assertThat(TestScript.SAID).containsExactly("no", "end");
    }

    @Test
    void letsAFailureLeaveABody() {
        start("try { body { wait('a') } } catch (e) { say \"caught ${e.message}\" }");
        resume("a", new IllegalStateException("inside"));
        assertThat(TestScript.SAID).containsExactly("caught inside");
    }

    @Test
    void treatsAStepThatDoesNotStartAsAFailedCall() {
        start("try { wait('refuse this') } catch (e) { say e.message }");
        assertThat(TestScript.SAID).containsExactly("refuse this");
    }

    @Test
    void endsWithTheExceptionOfTheScript() {
        start("wait('a'); throw new IOException('disk')");
        resume("a", 1);
        assertThat(result.getAbnormal()).isInstanceOf(java.io.IOException.class).hasMessage("disk");
    }

    @Test
    void callsMethodsMarkedNonCpsAtOnce() {
        start("@NonCPS def sorted(l) { l.sort { a, b -> b <=> a } }\nsay sorted([1, 3, 2])");
        assertThat(TestScript.SAID).containsExactly("[3, 2, 1]");
    }

    @Test
    void namesTheVariableThatCannotBeSaved() {
        start("def socket = new java.net.ServerSocket(); wait('a'); say socket");
        assertThatThrownBy(this::saveAndLoad)
                .isInstanceOf(NotSerializableException.class)
                .hasMessageContaining("java.net.ServerSocket");
    }

    @Test
    void showsLineAndColumnOfATypingError() {
        assertThatThrownBy(() -> start("say 'one'\nif ("))
                .isInstanceOf(MultipleCompilationErrorsException.class)
                .hasMessageContaining("@ line 2, column");
    }

    private void start(String script) {
        text = script;
        ScriptCompiler compiler = compiler();
        program = new Program(compiler.compile(text, new Binding()));
        program.start(null, new Remember());
        program.run(() -> {});
    }

    private ScriptCompiler compiler() {
        ScriptCompiler compiler = new ScriptCompiler(getClass().getClassLoader(), TestScript.class, List.of());
        loader = compiler.loader();
        return compiler;
    }

    private void saveAndLoad() throws Exception {
        ObjectResolver none = new ObjectResolver() {
            @Override
            public Object readResolve(Object replacement) {
                return replacement;
            }

            @Override
            public Object writeReplace(Object original) {
                return original;
            }
        };
        ProgramFile file = new ProgramFile(folder.resolve("program.dat"), none);
        file.save(program, loader);
        compiler().compile(text, new Binding());
        program = file.load(loader);
    }

    private void resume(String waiting, Object value) {
        ProgramThread thread = program.threads().stream()
                .filter(t -> waiting.equals(t.waitingFor()))
                .findFirst()
                .orElseThrow();
        thread.resume(value instanceof Throwable t ? new Outcome(null, t) : new Outcome(value, null));
        program.run(() -> {});
    }

    private static final class Remember implements ThreadEnd {
        @Override
        public void ended(ProgramThread thread, Outcome outcome) {
            result = outcome;
        }
    }
}
