package io.jenkins.plugins.shera.nginx;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.jenkins.plugins.shera.nginx.language.Directive;
import io.jenkins.plugins.shera.nginx.render.LiveUpstreams;
import org.junit.jupiter.api.Test;

class CoreArrowsTest {
    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.jenkins.plugins.shera.nginx");

    @Test
    void pointInward() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("node")
                .definedBy("..nginx.node..")
                .layer("render")
                .definedBy("..nginx.render..")
                .layer("model")
                .definedBy("..nginx.model..")
                .layer("language")
                .definedBy("..nginx.language..")
                .whereLayer("node")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("render")
                .mayOnlyBeAccessedByLayers("node")
                .whereLayer("language")
                .mayOnlyBeAccessedByLayers("render", "node")
                .check(classes);
    }

    @Test
    void knowNothingOfJenkins() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("hudson..", "jenkins..", "org.kohsuke..", "org.jenkinsci..")
                .check(classes);
    }

    @Test
    void onlyOneClassWritesLua() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(LiveUpstreams.class.getName())
                .should()
                .callMethod(Directive.class, "lua", String.class, String.class)
                .check(classes);
    }
}
