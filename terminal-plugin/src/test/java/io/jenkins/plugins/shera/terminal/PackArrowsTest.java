package io.jenkins.plugins.shera.terminal;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class PackArrowsTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.jenkins.plugins.shera.terminal");

    @Test
    void packagingIsPlainJava() {
        noClasses()
                .that()
                .resideInAPackage("..terminal.pack..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "hudson..",
                        "jenkins..",
                        "org.kohsuke..",
                        "org.jenkinsci..",
                        "..shera.platform..",
                        "..terminal.desk..",
                        "..terminal.cli..")
                .check(CLASSES);
    }

    @Test
    void otherPluginsAreFoundAtRunTimeOnly() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("..shera.build..", "..shera.nginx..", "..shera.monitoring..", "..shera.deploy..")
                .check(CLASSES);
    }
}
