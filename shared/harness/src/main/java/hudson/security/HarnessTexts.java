package hudson.security;

import org.jvnet.localizer.Localizable;
import org.jvnet.localizer.ResourceBundleHolder;

/** The texts of Jenkins' own permissions. */
final class HarnessTexts {
    private HarnessTexts() {}

    static Localizable text(String key) {
        return new Localizable(
                ResourceBundleHolder.get(HarnessTexts.class),
                key.replace(' ', '_').replace('/', '_'));
    }
}
