package io.jenkins.plugins.shera.deploy;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArrowsTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.jenkins.plugins.shera.deploy");

    @Test
    void onlyTheEdgeKnowsJenkins() {
        noClasses()
                .that()
                .resideInAnyPackage("..deploy.manifest..", "..deploy.pod..", "..deploy.rollout..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "hudson..",
                        "jenkins..",
                        "org.kohsuke..",
                        "org.jenkinsci..",
                        "..shera.platform..",
                        "..deploy.steps..")
                .check(CLASSES);
    }

    @Test
    void theRolloutEngineIsPlainJava() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "..deploy.canary..",
                        "..deploy.traffic..",
                        "..deploy.analysis..",
                        "..deploy.release..",
                        "..deploy.foreign..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "hudson..",
                        "jenkins..",
                        "org.kohsuke..",
                        "org.jenkinsci..",
                        "..shera.platform.extension..",
                        "..shera.platform.config..",
                        "..deploy.steps..",
                        "..deploy.pages..")
                .check(CLASSES);
    }

    @Test
    void otherPluginsAreFoundAtRunTimeOnly() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("..shera.build..", "..shera.nginx..", "..shera.monitoring..", "..shera.terminal..")
                .check(CLASSES);
    }
}
