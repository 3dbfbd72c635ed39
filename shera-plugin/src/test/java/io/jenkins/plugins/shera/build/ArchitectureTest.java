package io.jenkins.plugins.shera.build;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    @Test
    void onlyTheEdgeKnowsJenkins() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "..build.dockerfile..",
                        "..build.context..",
                        "..build.image..",
                        "..build.builders..",
                        "..build.source..",
                        "..build.http..",
                        "..build.maven..",
                        "..build.process..",
                        "..build.sonar..",
                        "..build.script..",
                        "..build.template..",
                        "..build.retention..",
                        "..build.tools..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("hudson..", "jenkins..", "org.kohsuke..", "org.jenkinsci..", "..shera.platform..")
                .check(new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("io.jenkins.plugins.shera.build"));
    }
}
