package io.jenkins.plugins.shera.harness.pages;

import hudson.model.Api;
import io.jenkins.plugins.shera.harness.web.SessionCrumb;
import jenkins.security.stapler.StaplerAccessibleType;
import org.kohsuke.stapler.Stapler;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** {@code /crumbIssuer/api/json}: the crumb of the caller's session. */
@ExportedBean
@StaplerAccessibleType
public final class Crumbs {
    public Api getApi() {
        return new Api(this);
    }

    @Exported
    public String getCrumb() {
        return SessionCrumb.of(Stapler.getCurrentRequest2());
    }

    @Exported
    public String getCrumbRequestField() {
        return SessionCrumb.FIELD;
    }
}
