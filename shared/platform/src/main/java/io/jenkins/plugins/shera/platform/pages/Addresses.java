package io.jenkins.plugins.shera.platform.pages;

import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Tenant;
import org.kohsuke.stapler.Stapler;
import org.kohsuke.stapler.StaplerRequest2;

/** Where things are shown, as paths that begin with the context path of the request. */
public final class Addresses {

    private Addresses() {}

    /** The context path, empty when Jenkins is at the root. */
    public static String root() {
        StaplerRequest2 request = Stapler.getCurrentRequest2();
        return request == null ? "" : request.getContextPath();
    }

    /** The console. */
    public static String console() {
        return root() + "/shera";
    }

    /** A tenant's page. */
    public static String of(Tenant tenant) {
        return console() + "/tenant/" + tenant.getId();
    }

    /** An application's page. */
    public static String of(Application application) {
        return console() + "/tenant/" + application.getTenant() + "/application/" + application.getName();
    }

    static String cluster(String id) {
        return console() + "/platform/cluster/" + id;
    }

    static String registry(String id) {
        return console() + "/platform/registry/" + id;
    }
}
