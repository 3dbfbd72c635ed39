package hudson.model;

import org.jvnet.localizer.Localizable;
import org.jvnet.localizer.ResourceBundleHolder;

/** The texts of Jenkins' own model. */
final class HarnessTexts {
    private HarnessTexts() {}

    static Localizable text(String key) {
        return new Localizable(ResourceBundleHolder.get(HarnessTexts.class), key);
    }
}
