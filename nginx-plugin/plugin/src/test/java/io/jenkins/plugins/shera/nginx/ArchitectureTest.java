package io.jenkins.plugins.shera.nginx;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    @Test
    void onlyTheEdgeKnowsJenkins() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "..nginx.steps..",
                        "..nginx.pages..",
                        "..nginx.config..",
                        "..nginx.neighbours..",
                        "..nginx.certificates..",
                        "..nginx.cli..",
                        "..nginx.drift..",
                        "..nginx.traffic..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("hudson..", "jenkins..", "org.kohsuke..", "org.jenkinsci..", "..shera.platform..")
                .check(new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("io.jenkins.plugins.shera.nginx"));
    }
}
