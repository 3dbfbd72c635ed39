package io.jenkins.plugins.shera.monitoring;

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
                .resideInAnyPackage("..shera.build..", "..shera.nginx..", "..shera.deploy..", "..shera.terminal..")
                .check(new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("io.jenkins.plugins.shera.monitoring"));
    }
}
