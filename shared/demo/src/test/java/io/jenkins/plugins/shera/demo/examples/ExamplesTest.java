package io.jenkins.plugins.shera.demo.examples;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.jenkins.plugins.shera.demo.site.DemoSite;
import io.jenkins.plugins.shera.demo.site.Options;
import io.jenkins.plugins.shera.demo.site.Stages;
import io.jenkins.plugins.shera.harness.browser.BrowserExtension;
import io.jenkins.plugins.shera.harness.browser.Page;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Every file of Jenkinsfile.examples, run to SUCCESS with the packed plugins on one Jenkins: with a real registry, nginx and
 * cluster where the machine has them, with the demo's stand-ins where not. {@code -Dexamples=quickstart,canary} runs only those.
 */
@Tag("cluster")
@Tag("slow")
@ExtendWith(BrowserExtension.class)
class ExamplesTest {
    private static final Path PROJECT = Path.of("").toAbsolutePath().getParent().getParent();

    private static final Map<String, Exception> unprepared = new HashMap<>();
    private static List<Examples.Named> examples;
    private static DemoSite site;

    @BeforeAll
    static void start() throws Exception {
        List<String> wanted = List.of(System.getProperty("examples", "").split(","));
        examples = Examples.of(PROJECT).stream()
                .filter(named -> wanted.contains("") || wanted.contains(named.name()))
                .toList();
        site = DemoSite.open(
                new Options(0, true, false, false, PROJECT, PROJECT.resolve("shared/demo/target/examples")));
        for (Examples.Named named : examples) {
            attempt(named, () -> Examples.beforeJenkins(site, named));
        }
        site.startJenkins();
        for (Examples.Named named : examples) {
            attempt(named, () -> named.example().prepare(site));
        }
    }

    @AfterAll
    static void stop() {
        if (site != null) {
            site.close();
        }
    }

    private interface Preparation {
        void run() throws Exception;
    }

    /** What goes wrong for one example is that one's failure. */
    private static void attempt(Examples.Named named, Preparation preparation) {
        if (unprepared.containsKey(named.name())
                || !named.example().neighbour().isEmpty()
                || !named.example().missing(site).isEmpty()) {
            return;
        }
        try {
            preparation.run();
        } catch (Exception e) {
            unprepared.put(named.name(), e);
        }
    }

    @TestFactory
    Stream<DynamicTest> succeeds() {
        return examples.stream().map(named -> dynamicTest(named.name(), () -> run(named)));
    }

    private static void run(Examples.Named named) throws Exception {
        String neighbour = named.example().neighbour();
        assumeTrue(
                neighbour.isEmpty(), "needs Jenkins itself with the plugin " + neighbour + ": bin/verify-on-jenkins");
        demand(named.name(), named.example().missing(site));
        Exception failure = unprepared.get(named.name());
        if (failure != null) {
            throw new IOException("The example " + named.name() + " could not be prepared: " + failure, failure);
        }
        Examples.run(site, named, new Stages(), line -> {});
    }

    /** What debug-and-package does by steps a person does by hand, with a program that does not even start. */
    @Test
    void aPersonMendsWhatCrashesAndKeepsIt(Page page) throws Exception {
        assumeTrue(
                examples.stream().anyMatch(named -> named.name().equals("debug-and-package")),
                "not among the chosen examples");
        demand("debug-and-package by hand", CrashingTill.missing(site));
        new HandStory(site, page).tell();
    }

    private static void demand(String name, String missing) {
        if (!missing.isEmpty()) {
            if ("1".equals(System.getenv("SHERA_REQUIRE_REAL"))) {
                fail("The example " + name + " needs a real part: " + missing);
            }
            abort(missing);
        }
    }
}
