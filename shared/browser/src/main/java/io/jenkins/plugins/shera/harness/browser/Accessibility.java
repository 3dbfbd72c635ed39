package io.jenkins.plugins.shera.harness.browser;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs axe-core in a page; the build of the pages puts it into target/frontend-tests. */
final class Accessibility {

    private static final Path AXE = Path.of("target", "frontend-tests", "axe.min.js");
    private static final String OPTIONS =
            "{ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'], resultTypes: ['violations'] }";

    private final Page page;

    Accessibility(Page page) {
        this.page = page;
    }

    /** One line for each fault: the rule, what it wants, and the first place where it is broken. */
    List<String> faults(String selector) throws IOException {
        page.evaluate(Files.readString(AXE) + "; true");
        List<String> faults = new ArrayList<>();
        page.evaluate(
                        "axe.run(" + Page.quoted(selector) + ", " + OPTIONS + ").then((r) => r.violations.map((v) =>"
                                + " v.id + ': ' + v.nodes[0].failureSummary + ' ' + v.nodes[0].html + (v.nodes.length > 1 ? ' and ' + (v.nodes.length - 1) + ' more' : '')))")
                .forEach(fault -> faults.add(fault.asText()));
        return faults;
    }
}
