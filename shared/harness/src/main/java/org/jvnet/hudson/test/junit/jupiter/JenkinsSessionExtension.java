package org.jvnet.hudson.test.junit.jupiter;

import java.io.File;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.jvnet.hudson.test.fixtures.JenkinsSessionFixture;

/** Lets a test start and stop Jenkins several times in the same home. */
public class JenkinsSessionExtension implements BeforeEachCallback, AfterEachCallback {
    private final JenkinsSessionFixture fixture = new JenkinsSessionFixture();

    public JenkinsSessionExtension() {}

    public File getHome() {
        return fixture.getHome();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        fixture.setUp(
                context.getTestClass().map(Class::getName).orElse(null),
                context.getTestMethod().map(java.lang.reflect.Method::getName).orElse(null));
    }

    @Override
    public void afterEach(ExtensionContext context) {
        fixture.tearDown();
    }

    /** Starts Jenkins, does the step, stops Jenkins. */
    public void then(Step s) throws Throwable {
        fixture.then(s);
    }

    /** What is done in one run. */
    @FunctionalInterface
    public interface Step extends JenkinsSessionFixture.Step {}
}
