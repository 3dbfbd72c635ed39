package io.jenkins.plugins.shera.build.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.shera.build.process.LocalPrograms;
import io.jenkins.plugins.shera.build.process.Programs;
import io.jenkins.plugins.shera.oci.server.DockerRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real repositories, and what people write into them. */
class CommitLogTest {
    @TempDir
    Path folder;

    private Path origin;
    private String first;

    @BeforeEach
    void repository() throws Exception {
        DockerRegistry.requireProgram("git");
        origin = Files.createDirectories(folder.resolve("origin"));
        git("init", "--quiet", "--initial-branch=main", ".");
        first = commit("developer", "first");
    }

    private String commit(String author, String subject) throws Exception {
        git(
                "-c",
                "user.name=" + author,
                "-c",
                "user.email=t@example.org",
                "commit",
                "--allow-empty",
                "--quiet",
                "-m",
                subject);
        return git("rev-parse", "HEAD").trim();
    }

    private String git(String... words) throws Exception {
        return git(origin, words);
    }

    private static String git(Path where, String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(words));
        Programs.Outcome outcome = new LocalPrograms(where).run(command, Map.of(), false);
        assertThat(outcome.isGood()).as(outcome.output()).isTrue();
        return outcome.output();
    }

    private Commits since(String before, String now) throws Exception {
        return new CommitLog(new LocalPrograms(origin), Map.of()).read(7, before, now);
    }

    @Test
    void listsTheNewestFirstWithoutMerges() throws Exception {
        git("checkout", "--quiet", "-b", "side");
        String side = commit("Entwickler Ö", "on the side");
        git("checkout", "--quiet", "main");
        String main = commit("developer", "on main\n\nand why");
        git(
                "-c",
                "user.name=t",
                "-c",
                "user.email=t@example.org",
                "merge",
                "--quiet",
                "--no-ff",
                "-m",
                "Merge",
                "side");
        String now = commit("개발자 조", "修复 a bug");

        Commits commits = since(first, now);

        assertThat(commits.build()).isEqualTo(7);
        assertThat(commits.before()).isEqualTo(first);
        assertThat(commits.state()).isEqualTo(Commits.State.LISTED);
        assertThat(commits.more()).isZero();
        assertThat(commits.list().get(0).hash()).isEqualTo(now);
        assertThat(commits.list()).extracting(Commits.Commit::hash).containsExactlyInAnyOrder(now, main, side);
        assertThat(commits.list())
                .extracting(one -> one.author() + ": " + one.subject())
                .containsExactlyInAnyOrder("개발자 조: 修复 a bug", "developer: on main", "Entwickler Ö: on the side");
        assertThat(since(now, now).list()).isEmpty();
        assertThat(since(now, now).state()).isEqualTo(Commits.State.LISTED);
    }

    @Test
    void listsFiftyAndCountsTheRest() throws Exception {
        for (int i = 1; i <= 53; i++) {
            commit("developer", "number " + i);
        }

        Commits commits = since(first, git("rev-parse", "HEAD").trim());

        assertThat(commits.list()).hasSize(50);
        assertThat(commits.list().get(0).subject()).isEqualTo("number 53");
        assertThat(commits.list().get(49).subject()).isEqualTo("number 4");
        assertThat(commits.more()).isEqualTo(3);
    }

    @Test
    void saysWhenTheEarlierCommitIsElsewhereOrNowhere() throws Exception {
        String lost = commit("developer", "rewritten later");
        git("reset", "--quiet", "--hard", first);
        String now = commit("developer", "in its place");

        Commits apart = since(lost, now);
        assertThat(apart.state()).isEqualTo(Commits.State.APART);
        assertThat(apart.list()).extracting(Commits.Commit::subject).containsExactly("in its place");

        Commits unknown = since("0123456789012345678901234567890123456789", now);
        assertThat(unknown.state()).isEqualTo(Commits.State.UNKNOWN);
        assertThat(unknown.list()).isEmpty();
    }

    @Test
    void aShallowCheckoutTellsWhatItHolds() throws Exception {
        commit("developer", "second");
        commit("developer", "third");
        String now = commit("developer", "fourth");
        git(folder, "clone", "--quiet", "--depth=2", "file://" + origin, "shallow");

        Commits commits = new CommitLog(new LocalPrograms(folder.resolve("shallow")), Map.of()).read(1, first, now);

        assertThat(commits.state()).isEqualTo(Commits.State.SHALLOW);
        assertThat(commits.list()).extracting(Commits.Commit::subject).containsExactly("fourth", "third");
    }

    /** Whatever a message is full of, it takes the place of one commit and no more. */
    @Test
    void hostileTextsStayTextsOfOneCommit() throws Exception {
        commit("--format=%H", "\u202egnp.exe\u001b[31m <script>\u0007 " + first);
        commit("A".repeat(5000), "x\u0301".repeat(30_000));
        String now = commit("name \u2066", "\ud83d\ude00".repeat(150));

        Commits commits = since(first, now);

        assertThat(commits.list()).hasSize(3);
        assertThat(commits.list().get(2).subject()).isEqualTo("\ufffdgnp.exe\ufffd[31m <script>\ufffd " + first);
        assertThat(commits.list().get(2).author()).isEqualTo("--format=%H");
        assertThat(commits.list().get(1).author()).hasSize(101).startsWith("AAA");
        assertThat(commits.list().get(1).subject()).hasSize(201);
        assertThat(commits.list().get(0).subject()).isEqualTo("\ud83d\ude00".repeat(100) + "\u2026");
        assertThat(commits.list().get(0).author()).isEqualTo("name \ufffd");
    }

    /** As where an agent keeps only the last part of an output that is too long. */
    @Test
    void ofAnOutputThatWasCutTheNewestAreLeft() throws Exception {
        commit("developer", "second");
        String now = commit("developer", "third");
        Programs cutting = (command, environment, shown) -> {
            Programs.Outcome all = new LocalPrograms(origin).run(command, environment, shown);
            int from = command.contains("log") ? all.output().length() / 3 : 0;
            return new Programs.Outcome(all.code(), all.output().substring(from));
        };

        Commits commits = new CommitLog(cutting, Map.of()).read(1, first, now);

        assertThat(commits.list()).extracting(Commits.Commit::subject).containsExactly("third");
        assertThat(commits.more()).isEqualTo(1);
    }

    @Test
    void aGitThatFailsFailsNoBuild() throws Exception {
        String now = commit("developer", "second");
        Programs late = (command, environment, shown) -> {
            throw new IOException("git was ended after 20 seconds.");
        };
        Programs broken = (command, environment, shown) -> new Programs.Outcome(128, "fatal: bad object");

        assertThat(new CommitLog(late, Map.of()).read(1, first, now).state()).isEqualTo(Commits.State.FAILED);
        assertThat(new CommitLog(broken, Map.of()).read(1, first, now).state()).isEqualTo(Commits.State.FAILED);
        assertThatThrownBy(() -> since("--output=/tmp/x", now)).hasMessageContaining("no commits");
    }
}
