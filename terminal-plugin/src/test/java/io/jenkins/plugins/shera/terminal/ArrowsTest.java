package io.jenkins.plugins.shera.terminal;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArrowsTest {
    @Test
    void otherPluginsAreFoundAtRunTimeOnly() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("..shera.build..", "..shera.nginx..", "..shera.deploy..", "..shera.monitoring..")
                .check(new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("io.jenkins.plugins.shera.terminal"));
    }

    @Test
    void sessionsKnowNoJenkins() {
        noClasses()
                .that()
                .resideInAnyPackage("..terminal.session..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "hudson..", "jenkins..", "org.kohsuke..", "..shera.platform..", "..terminal.pages..")
                .check(new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("io.jenkins.plugins.shera.terminal"));
    }
}
