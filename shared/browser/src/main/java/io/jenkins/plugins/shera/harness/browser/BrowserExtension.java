package io.jenkins.plugins.shera.harness.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives a test its {@link Page}: `@ExtendWith(BrowserExtension.class)` and a parameter of that type.
 * One browser serves all tests of the JVM. Without one the test is skipped, or fails where SHERA_REQUIRE_REAL=1.
 */
public final class BrowserExtension implements ParameterResolver, AfterEachCallback {

    private static final Namespace SPACE = Namespace.create(BrowserExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Page.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Optional<Path> executable = Browser.find();
        if (executable.isEmpty()) {
            String missing = "no chromium on the path (apt-get install chromium, or name one in SHERA_CHROMIUM)";
            if ("1".equals(System.getenv("SHERA_REQUIRE_REAL"))) {
                Assertions.fail(missing);
            }
            Assumptions.abort(missing);
        }
        Store shared = context.getRoot().getStore(SPACE);
        Browser browser = shared.computeIfAbsent(Browser.class, key -> started(executable.get()), Browser.class);
        return context.getStore(SPACE).computeIfAbsent(Page.class, key -> browser.page(), Page.class);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Page page = context.getStore(SPACE).remove(Page.class, Page.class);
        if (page != null) {
            page.close();
        }
    }

    private static Browser started(Path executable) {
        try {
            return Browser.start(executable);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
