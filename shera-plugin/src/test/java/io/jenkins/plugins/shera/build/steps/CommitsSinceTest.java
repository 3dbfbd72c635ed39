package io.jenkins.plugins.shera.build.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.FilePath;
import hudson.model.Items;
import hudson.model.TaskListener;
import io.jenkins.plugins.shera.build.pages.ImageAction;
import io.jenkins.plugins.shera.build.projects.ProjectProperty;
import io.jenkins.plugins.shera.build.source.Commits;
import io.jenkins.plugins.shera.oci.server.DockerRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What a build writes down of the commits since the build before that made an image of the same name. */
@WithJenkins
class CommitsSinceTest {
    @TempDir
    Path folder;

    @Test
    void standWithTheRecordOfTheBuildAndInRest(JenkinsRule rule) throws Exception {
        try (DockerRegistry registry = DockerRegistry.open(folder)) {
            WorkflowJob job = QualityLab.job(rule, "http://127.0.0.1:1", "token", registry.host());
            job.addProperty(new ProjectProperty());
            Path origin = QualityLab.project(Files.createDirectories(folder.resolve("origin")), "");
            Files.writeString(origin.resolve("Dockerfile"), "FROM scratch\nCOPY pom.xml /pom.xml\n");
            QualityLab.commit(origin);
            String step = "buildImage(git: '" + origin + "', image: 'cart', tags: '1')";
            QualityLab.script(job, step + "\nbuildImage(git: '" + origin + "', image: 'other', tags: '1')");
            WorkflowRun first = rule.buildAndAssertSuccess(job);
            QualityLab.script(job, "error 'without an image'");
            job.scheduleBuild2(0).get();
            QualityLab.commit(origin, "developer", "Take orders at night");
            QualityLab.script(job, step);
            WorkflowRun third = rule.buildAndAssertSuccess(job);

            assertThat(first.getAction(ImageAction.class).commits()).isNull();
            Commits commits = third.getAction(ImageAction.class).commits();
            assertThat(commits.build()).as("the one that made an image").isEqualTo(1);
            assertThat(commits.before())
                    .isEqualTo(first.getAction(ImageAction.class).getCommit());
            assertThat(commits.list())
                    .extracting(one -> one.author() + ": " + one.subject())
                    .containsExactly("developer: Take orders at night");
            String rest = rule.createWebClient()
                    .goTo("shera/tenant/shop/projects/project/build/run/3/api/json", "application/json")
                    .getWebResponse()
                    .getContentAsString();
            assertThat(rest)
                    .contains(
                            "\"state\":\"listed\"",
                            "\"subject\":\"Take orders at night\"",
                            "\"baseName\":\"scratch\"",
                            "\"hash\":\"" + commits.list().get(0).hash().substring(0, 12) + "\"");
            String hash = commits.list().get(0).hash().substring(0, 12);
            assertThat(shown(rule, third))
                    .contains("Commits since #1", "<code>" + hash + "</code>", "<bdi>Take orders at night</bdi>")
                    .contains("<bdi>developer</bdi>");
            assertThat(shown(rule, first)).doesNotContain("Commits since");

            QualityLab.git(origin, "reset", "--quiet", "--hard", "HEAD~1");
            QualityLab.commit(origin, "developer", "Take none");
            Commits apart =
                    rule.buildAndAssertSuccess(job).getAction(ImageAction.class).commits();
            assertThat(apart.state()).isEqualTo(Commits.State.APART);
            assertThat(shown(rule, job.getLastBuild()))
                    .contains("Commits since #3", "is not in the history of this one", "<bdi>Take none</bdi>");
            assertThat(apart.list()).extracting(Commits.Commit::subject).containsExactly("Take none");
            olderRecordsLoad(third.getAction(ImageAction.class));
        }
    }

    /** Jenkins' own page of the build. */
    private static String shown(JenkinsRule rule, WorkflowRun run) throws Exception {
        return rule.createWebClient()
                .goTo(run.getUrl(), "text/html")
                .getWebResponse()
                .getContentAsString();
    }

    private static void olderRecordsLoad(ImageAction image) {
        String xml = Items.XSTREAM2.toXML(image);
        ImageAction same = (ImageAction) Items.XSTREAM2.fromXML(xml);
        ImageAction older = (ImageAction)
                Items.XSTREAM2.fromXML(xml.replaceAll("(?s)<(baseName|baseDigest|commits)(/>|>.*?</\\1>)", ""));

        assertThat(same.commits().list().get(0).subject()).isEqualTo("Take orders at night");
        assertThat(same.getBaseName()).isEqualTo("scratch");
        assertThat(older.getReference()).isEqualTo(image.getReference());
        assertThat(older.getBaseName()).isEmpty();
        assertThat(older.getBaseDigest()).isEmpty();
        assertThat(older.commits()).isNull();
    }

    @Test
    void aProgramThatTakesTooLongIsEnded() throws Exception {
        FilePath here = new FilePath(folder.toFile());
        AgentPrograms programs = new AgentPrograms(
                here.createLauncher(TaskListener.NULL), here, TaskListener.NULL, Map.of("MARK", "commits"));

        assertThatThrownBy(() -> programs.within(Duration.ofMillis(100)).run(List.of("sleep", "600"), Map.of(), false))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("sleep was ended after");
        assertThat(programs.within(Duration.ofMinutes(5))
                        .run(List.of("echo", "word"), Map.of(), false)
                        .output())
                .isEqualTo("word\n");
    }
}
