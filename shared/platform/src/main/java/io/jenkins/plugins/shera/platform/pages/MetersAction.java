package io.jenkins.plugins.shera.platform.pages;

import hudson.Extension;
import hudson.model.RootAction;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.shera.platform.extension.MeterSource;
import io.jenkins.plugins.shera.platform.meters.Meters;
import io.jenkins.plugins.shera.platform.meters.Reading;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.verb.GET;

/**
 * {@code /shera-metrics/}, for a Prometheus that signs in with user and API token. It tells of every tenant, so its user is one who may
 * see all of the system.
 */
@Extension
public class MetersAction implements RootAction {
    private static final Logger LOGGER = Logger.getLogger(MetersAction.class.getName());

    @Override
    public String getIconFileName() {
        return null;
    }

    @Override
    public String getDisplayName() {
        return null;
    }

    @Override
    public String getUrlName() {
        return "shera-metrics";
    }

    /** The text that Prometheus scrapes; whoever may neither administer nor read the system gets 403. */
    @GET
    public void doIndex(StaplerRequest2 request, StaplerResponse2 response) throws IOException {
        Jenkins.get().checkAnyPermission(Jenkins.SYSTEM_READ, Jenkins.ADMINISTER);
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        Meters.get().write(text, readings());
        response.setContentType(Meters.CONTENT_TYPE);
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        text.writeTo(response.getOutputStream());
    }

    static List<Reading> readings() {
        List<Reading> all = new ArrayList<>();
        try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
            for (MeterSource source : MeterSource.all()) {
                try {
                    all.addAll(source.readings());
                } catch (RuntimeException e) {
                    LOGGER.log(
                            Level.WARNING,
                            "one source of metrics failed: " + source.getClass().getName(),
                            e);
                }
            }
        }
        return all;
    }
}
