package io.jenkins.plugins.shera.build.pages;

import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.config.TenantFolder;
import io.jenkins.plugins.shera.platform.extension.ApplicationTab;
import io.jenkins.plugins.shera.platform.pages.Addresses;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Where an image can be deployed from. */
final class DeployLink {
    private static final String RELEASES = "releases";

    private DeployLink() {}

    /** The page of releases of the application; empty where no plugin deploys, or the caller may not look there. */
    static String of(Tenant tenant, Application application, String reference) {
        boolean offered = application != null
                && ApplicationTab.all().stream()
                        .anyMatch(tab -> tab.id().equals(RELEASES) && TenantFolder.allows(tenant, tab.permission()));
        return offered
                ? Addresses.of(application) + "/" + RELEASES + "/?image="
                        + URLEncoder.encode(reference, StandardCharsets.UTF_8)
                : "";
    }
}
