package io.jenkins.plugins.shera.build.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.shera.build.process.LocalPrograms;
import io.jenkins.plugins.shera.build.process.Programs;
import io.jenkins.plugins.shera.oci.server.DockerRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A commit whose content is partly elsewhere, and a branch that moves while its commit is built. */
class GitElsewhereTest {
    private static final String POINTER =
            "version https://git-lfs.github.com/spec/v1\noid sha256:" + "a".repeat(64) + "\nsize 123456\n";

    @TempDir
    Path folder;

    private Path origin;
    private Path workspace;

    @BeforeEach
    void repository() throws Exception {
        DockerRegistry.requireProgram("git");
        origin = Files.createDirectories(folder.resolve("origin"));
        workspace = Files.createDirectories(folder.resolve("workspace"));
        git("init", "--quiet", "--initial-branch=main", ".");
    }

    private String commit() throws Exception {
        git("add", ".");
        git("-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "--allow-empty", "--quiet", "-m", "x");
        return git("rev-parse", "HEAD").trim();
    }

    private String git(String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of("git", "-c", "protocol.file.allow=always"));
        command.addAll(List.of(words));
        Programs.Outcome outcome = new LocalPrograms(origin).run(command, Map.of(), false);
        assertThat(outcome.isGood()).as(outcome.output()).isTrue();
        return outcome.output();
    }

    private GitCheckout checkout() {
        return new GitCheckout(new LocalPrograms(workspace), Map.of());
    }

    @Test
    void aPointerIsNotTakenForItsFile() throws Exception {
        Files.writeString(origin.resolve("model.bin"), POINTER);
        Files.writeString(origin.resolve("notes.md"), "about pointers:\n" + POINTER);
        String plain = commit();
        assertThat(checkout().checkOut(new GitSource(origin.toString(), "main")).commit())
                .as("a text that speaks of pointers is none")
                .isEqualTo(plain);

        Files.writeString(origin.resolve(".gitattributes"), "*.bin filter=lfs diff=lfs merge=lfs -text\n");
        Files.writeString(origin.resolve(".lfsconfig"), "[lfs]\n\turl = http://127.0.0.1:1/elsewhere\n");
        commit();

        assertThatThrownBy(() -> checkout().checkOut(new GitSource(origin.toString(), "main")))
                .hasMessageContaining("keeps files in Git LFS (model.bin), of which only pointers were fetched")
                .hasMessageContaining("Jenkins' own checkout step");

        Files.writeString(origin.resolve("model.bin"), "not a pointer");
        String whole = commit();
        assertThat(checkout().checkOut(new GitSource(origin.toString(), "main")).commit())
                .isEqualTo(whole);
    }

    @Test
    void submodulesAreNamedAndNeverFetched() throws Exception {
        Path secret = Files.createDirectories(folder.resolve("secret"));
        assertThat(checkout().submodules()).isEmpty();
        Files.writeString(origin.resolve("file"), "x");
        String id = commit();
        Files.writeString(
                origin.resolve(".gitmodules"),
                "[submodule \"lib\"]\n\tpath = libs/shop\n\turl = " + secret + "\n\tupdate = !touch "
                        + folder.resolve("ran") + "\n");
        Files.createDirectories(origin.resolve("libs/shop"));
        git("update-index", "--add", "--cacheinfo", "160000," + id + ",libs/shop");
        commit();

        checkout().checkOut(new GitSource(origin.toString(), "main"));

        assertThat(checkout().submodules()).containsExactly("submodule.lib.path libs/shop");
        assertThat(workspace.resolve("libs/shop")).isEmptyDirectory();
        assertThat(folder.resolve("ran")).doesNotExist();
    }

    @Test
    void aBranchThatMovesDuringTheBuildChangesNothingOfIt() throws Exception {
        Files.writeString(origin.resolve("file"), "mine");
        String mine = commit();
        checkout().checkOut(new GitSource(origin.toString(), "main"));
        Files.writeString(origin.resolve("file"), "other");
        git("add", ".");
        git("-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "--amend", "--quiet", "-m", "other");

        Revision still = new WorkspaceRevision(new LocalPrograms(workspace), Map.of()).read();

        assertThat(still.commit()).isEqualTo(mine);
        assertThat(still.isClean()).isTrue();
        assertThat(workspace.resolve("file")).hasContent("mine");
    }

    @Test
    void whatACommitSaysRunsNothing() throws Exception {
        Files.createDirectories(origin.resolve("hooks"));
        Files.writeString(origin.resolve("hooks/post-checkout"), "#!/bin/sh\ntouch " + folder.resolve("ran") + "\n")
                .toFile()
                .setExecutable(true);
        Files.writeString(origin.resolve(".gitattributes"), "* filter=evil\n");
        Files.writeString(origin.resolve(".gitconfig"), "[filter \"evil\"]\n\tsmudge = touch " + folder + "/ran\n");
        Files.createSymbolicLink(origin.resolve("link"), folder.resolve("outside"));
        String commit = commit();

        assertThat(checkout().checkOut(new GitSource(origin.toString(), "main")).commit())
                .isEqualTo(commit);

        assertThat(folder.resolve("ran")).doesNotExist();
        assertThat(folder.resolve("outside")).doesNotExist();
    }
}
