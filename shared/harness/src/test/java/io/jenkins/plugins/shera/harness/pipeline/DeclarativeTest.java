package io.jenkins.plugins.shera.harness.pipeline;

import static io.jenkins.plugins.shera.harness.pipeline.PipelineServer.assertResult;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import java.nio.file.Path;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeclarativeTest {
    @TempDir
    Path home;

    PipelineServer server;

    @BeforeEach
    void start() throws Exception {
        server = new PipelineServer(home);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void runsStagesWithParametersEnvironmentAndScriptBlocks() throws Exception {
        WorkflowRun run = server.run(
                """
                pipeline {
                    agent any
                    parameters { string(name: 'WHO', defaultValue: 'you', description: 'greeted') }
                    environment {
                        A = 'a'
                        B = "${A}-b"
                    }
                    options { timeout(time: 1, unit: 'MINUTES') }
                    stages {
                        stage('One') {
                            environment { C = "${env.B}-c" }
                            steps {
                                script { made = [name: 'thing'] }
                                sh 'echo "$A $B $C"'
                            }
                        }
                        stage('Two') {
                            when { expression { made.name == 'thing' } }
                            steps { echo "${made.name} for ${params.WHO}" }
                        }
                        stage('Never') {
                            when { not { environment name: 'A', value: 'a' } }
                            steps { error 'no' }
                        }
                        stage('Both') {
                            parallel {
                                stage('Left') { steps { echo 'left' } }
                                stage('Right') { steps { echo 'right' } }
                            }
                        }
                    }
                    post {
                        cleanup { echo 'cleanup' }
                        always { echo 'always' }
                        success { echo 'success' }
                        failure { echo 'failure' }
                    }
                }""");
        assertResult(run, Result.SUCCESS);
        assertThat(run.getLog())
                .contains(
                        "\na a-b a-b-c\n",
                        "thing for you",
                        "Stage \"Never\" skipped due to when conditional",
                        "left",
                        "right")
                .containsSubsequence("always\n", "success\n", "cleanup\n")
                .doesNotContain("\nfailure\n");
    }

    @Test
    void skipsWhatFollowsAFailureAndRunsThePostConditions() throws Exception {
        WorkflowRun run = server.run(
                """
                pipeline {
                    agent none
                    stages {
                        stage('Bad') {
                            steps { error 'broken' }
                            post { failure { echo 'stage failed' } }
                        }
                        stage('Later') { steps { echo 'not reached' } }
                    }
                    post {
                        success { echo 'good' }
                        failure { echo 'bad' }
                        changed { echo 'different' }
                    }
                }""");
        assertResult(run, Result.FAILURE);
        assertThat(run.getLog())
                .containsSubsequence(
                        "stage failed",
                        "Stage \"Later\" skipped due to earlier failure(s)",
                        "different",
                        "bad",
                        "ERROR: broken",
                        "Finished: FAILURE")
                .doesNotContain("not reached", "\ngood\n");
    }

    @Test
    void refusesAnUnknownSectionBeforeAnythingRuns() throws Exception {
        WorkflowRun run = server.run(
                """
                pipeline {
                    agent any
                    stages {
                        stage('One') { steps { echo 'ran' } }
                        stage('Two') { step { echo 'x' } }
                    }
                }""");
        assertResult(run, Result.FAILURE);
        assertThat(run.getLog())
                .contains(
                        "ERROR: Unknown section 'step' in stage 'Two': known are agent, environment, failFast, input,")
                .doesNotContain("ran");
    }
}
