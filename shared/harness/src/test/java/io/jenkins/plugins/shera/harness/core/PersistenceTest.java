package io.jenkins.plugins.shera.harness.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.XmlFile;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** What is saved is there after a restart, secrets encrypted; what could not be read back is not saved. */
class PersistenceTest {
    @RegisterExtension
    final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @Test
    void keepsSettingsOverARestart() throws Throwable {
        sessions.then(r -> Note.get().set("tea", "s3cret", "one", "two"));
        assertThat(Files.readString(sessions.getHome().toPath().resolve(Note.class.getName() + ".xml")))
                .contains("<text>tea</text>")
                .doesNotContain("s3cret");
        sessions.then(r -> {
            assertThat(Note.get().text()).isEqualTo("tea");
            assertThat(Note.get().secret().getPlainText()).isEqualTo("s3cret");
            assertThat(Note.get().lines()).containsExactly("one", "two");
        });
    }

    @Test
    void keepsFoldersWithWhatIsInThemOverARestart() throws Throwable {
        sessions.then(r -> {
            Folder outer = r.createProject(Folder.class, "outer");
            outer.createProject(Folder.class, "inner").setDescription("deep down");
        });
        assertThat(sessions.getHome().toPath().resolve("jobs/outer/jobs/inner/config.xml"))
                .exists();
        sessions.then(r -> {
            Folder inner = r.jenkins.getItemByFullName("outer/inner", Folder.class);
            assertThat(inner.getDescription()).isEqualTo("deep down");
            assertThat(inner.getUrl()).isEqualTo("job/outer/job/inner/");
            assertThat(inner.getFullDisplayName()).isEqualTo("outer » inner");
        });
    }

    @Test
    void tellsOfEveryItemBelowAFolderThatGotANewName() throws Throwable {
        sessions.then(r -> {
            Folder outer = r.createProject(Folder.class, "outer");
            outer.createProject(Folder.class, "inner");
            Milestones.SEEN.clear();
            outer.renameTo("other");
            assertThat(Milestones.SEEN).contains("outer -> other", "outer/inner -> other/inner");
            assertThat(r.jenkins.getItemByFullName("other/inner")).isNotNull();
            assertThat(r.jenkins.getItemByFullName("outer/inner")).isNull();
        });
        sessions.then(
                r -> assertThat(r.jenkins.getItemByFullName("other/inner")).isNotNull());
    }

    @Test
    void deletesAFolderWithAllItsFiles() throws Throwable {
        sessions.then(r -> {
            Folder outer = r.createProject(Folder.class, "outer");
            outer.createProject(Folder.class, "inner");
            outer.delete();
            assertThat(r.jenkins.getItems()).isEmpty();
            assertThat(new File(sessions.getHome(), "jobs/outer")).doesNotExist();
        });
    }

    @Test
    void refusesANameThatWouldLeaveTheFolder() throws Throwable {
        sessions.then(r -> {
            for (String name : List.of("..", "a/b", "a\\b", "", "a\n")) {
                assertThatThrownBy(() -> r.createProject(Folder.class, name)).isInstanceOf(hudson.model.Failure.class);
            }
        });
    }

    @Test
    void refusesToSaveATypeThatJenkinsWouldNotReadBack() throws Throwable {
        sessions.then(r -> {
            XmlFile file = new XmlFile(new File(sessions.getHome(), "foreign.xml"));
            assertThatThrownBy(() -> file.write(new Holder(new java.util.concurrent.atomic.AtomicInteger())))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("Refusing to marshal java.util.concurrent.atomic.AtomicInteger");
            assertThat(file.exists()).isFalse();
        });
    }

    @Test
    void refusesToReadATypeThatIsNotAllowed() throws Throwable {
        sessions.then(r -> {
            File file = new File(sessions.getHome(), "hostile.xml");
            Files.writeString(
                    file.toPath(),
                    "<io.jenkins.plugins.shera.harness.core.PersistenceTest_-Holder><held class='javax.script.ScriptEngineManager'/></io.jenkins.plugins.shera.harness.core.PersistenceTest_-Holder>");
            assertThatThrownBy(() -> new XmlFile(file).read())
                    .isInstanceOf(IOException.class)
                    .rootCause()
                    .hasMessageContaining("javax.script.ScriptEngineManager");
        });
    }

    static final class Holder {
        private final Object held;

        Holder(Object held) {
            this.held = held;
        }
    }
}
