package io.jenkins.plugins.shera.platform;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.kohsuke.stapler.interceptor.RequirePOST;
import org.kohsuke.stapler.verb.GET;

/** The arrows between the packages of the platform. */
class ArchitectureTest {

    private static final String PLATFORM = "io.jenkins.plugins.shera.platform";
    private static JavaClasses classes;

    @BeforeAll
    static void read() {
        classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(PLATFORM);
    }

    @Test
    void keepsJenkinsOutOfThePlainPackages() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        PLATFORM + ".input..",
                        PLATFORM + ".ledger..",
                        PLATFORM + ".audit..",
                        PLATFORM + ".timeline..",
                        PLATFORM + ".traffic..",
                        PLATFORM + ".quota..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("hudson..", "jenkins..", "org.kohsuke..", "org.jenkinsci..", "com.cloudbees..")
                .check(classes);
    }

    @Test
    void letsOnlyThePagesAndTheWayInKnowTheWeb() {
        noClasses()
                .that()
                .resideOutsideOfPackages(PLATFORM + ".pages..", PLATFORM + ".rest..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jakarta.servlet..")
                .check(classes);
    }

    @Test
    void leansOnNothingThatCouldBeAbsent() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.jenkins.plugins.casc..", "javax.servlet..", "com.google.common..", "org.slf4j..")
                .check(classes);
    }

    @Test
    void drawsNoCircles() {
        slices().matching(PLATFORM + ".(*)..").should().beFreeOfCycles().check(classes);
    }

    @Test
    void postsWhateverWrites() {
        methods()
                .that()
                .haveNameMatching("do[A-Z].*")
                .and()
                .arePublic()
                .and()
                .areNotAnnotatedWith(GET.class)
                .should()
                .beAnnotatedWith(RequirePOST.class)
                .check(classes);
    }

    @Test
    void sendsEveryWriteThroughTheOneWayIn() {
        classes()
                .that()
                .containAnyMethodsThat(com.tngtech.archunit.base.DescribedPredicate.describe(
                        "write", method -> method.getName().matches("do[A-Z].*") && !method.isAnnotatedWith(GET.class)))
                .and()
                .doNotHaveSimpleName("WebhookAction")
                .should()
                .dependOnClassesThat()
                .haveSimpleName("WebWrite")
                .check(classes);
    }
}
