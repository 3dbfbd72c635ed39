package org.jvnet.hudson.test.junit.jupiter;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.jvnet.hudson.test.JenkinsRule;

/** Starts a Jenkins for the test that asks for a {@code JenkinsRule}, once: a second request fails, as there. */
public class JenkinsExtension implements ParameterResolver, AfterEachCallback {
    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(JenkinsExtension.class);
    private static final String KEY = "rule";

    @Override
    public boolean supportsParameter(ParameterContext parameterContext, ExtensionContext extensionContext)
            throws ParameterResolutionException {
        return parameterContext.getParameter().getType() == JenkinsRule.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameterContext, ExtensionContext extensionContext)
            throws ParameterResolutionException {
        JenkinsRule known = extensionContext.getStore(NAMESPACE).get(KEY, JenkinsRule.class);
        if (known != null) {
            throw new ParameterResolutionException(
                    "This test started a Jenkins already, and jenkins-test-harness starts another for each parameter. Keep the"
                            + " JenkinsRule of the first in a field.");
        }
        JenkinsRule rule = new JenkinsRule();
        try {
            rule.before();
        } catch (Throwable t) {
            throw new ParameterResolutionException(t.getMessage(), t);
        }
        extensionContext.getStore(NAMESPACE).put(KEY, rule);
        return rule;
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        JenkinsRule rule = context.getStore(NAMESPACE).remove(KEY, JenkinsRule.class);
        if (rule != null) {
            rule.after();
        }
    }
}
