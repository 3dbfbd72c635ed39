package io.jenkins.plugins.shera.harness.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.FilePath;
import hudson.model.TaskListener;
import hudson.remoting.VirtualChannel;
import hudson.util.StreamTaskListener;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.NotSerializableException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import jenkins.MasterToSlaveFileCallable;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Work for a machine crosses as a copy, and only with types that a real channel would let pass. */
@WithJenkins
class CrossingTest {
    @Test
    void runsACopyAndAnswersACopy(JenkinsRule r) throws Exception {
        List<String> names = new ArrayList<>(List.of("a"));
        List<String> answer = new FilePath(r.createTmpDir()).act(new Append(names));
        assertThat(answer).containsExactly("a", "there");
        assertThat(names).containsExactly("a");
    }

    @Test
    void letsTheWorkWriteToTheLogOfItsSender(JenkinsRule r) throws Exception {
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        TaskListener listener = new StreamTaskListener(log, StandardCharsets.UTF_8);
        new FilePath(r.createTmpDir()).act(new Say(listener));
        assertThat(log.toString(StandardCharsets.UTF_8)).isEqualTo("hello\n");
    }

    @Test
    void refusesATypeThatTheClassFilterRefuses(JenkinsRule r) throws Exception {
        FilePath here = new FilePath(r.createTmpDir());
        assertThatThrownBy(() -> here.act(new Answer(new java.util.concurrent.atomic.AtomicLong(1))))
                .isInstanceOf(SecurityException.class)
                .hasMessageContaining("Rejected: java.util.concurrent.atomic.AtomicLong");
    }

    @Test
    void refusesWorkThatHoldsSomethingThatIsNotSerialisable(JenkinsRule r) throws Exception {
        FilePath here = new FilePath(r.createTmpDir());
        assertThatThrownBy(() -> here.act(new Answer(new Object()))).isInstanceOf(NotSerializableException.class);
    }

    private static final class Append extends MasterToSlaveFileCallable<List<String>> {
        private static final long serialVersionUID = 1L;
        private final List<String> names;

        Append(List<String> names) {
            this.names = names;
        }

        @Override
        public List<String> invoke(File f, VirtualChannel channel) {
            names.add("there");
            return names;
        }
    }

    private static final class Say extends MasterToSlaveFileCallable<Void> {
        private static final long serialVersionUID = 1L;
        private final TaskListener listener;

        Say(TaskListener listener) {
            this.listener = listener;
        }

        @Override
        public Void invoke(File f, VirtualChannel channel) {
            listener.getLogger().print("hello\n");
            listener.getLogger().flush();
            return null;
        }
    }

    private static final class Answer extends MasterToSlaveFileCallable<Object> {
        private static final long serialVersionUID = 1L;
        private final Object answer;

        Answer(Object answer) {
            this.answer = answer;
        }

        @Override
        public Object invoke(File f, VirtualChannel channel) {
            return answer;
        }
    }
}
