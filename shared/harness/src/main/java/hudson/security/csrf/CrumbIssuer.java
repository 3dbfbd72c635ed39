package hudson.security.csrf;

import hudson.ExtensionPoint;
import jakarta.servlet.ServletRequest;
import jenkins.security.stapler.StaplerAccessibleType;

/** Makes and checks the token that proves a form came from one of our pages. */
@StaplerAccessibleType
public abstract class CrumbIssuer implements hudson.model.Describable<CrumbIssuer>, ExtensionPoint {
    public static final String DEFAULT_CRUMB_NAME = "Jenkins-Crumb";

    /** The name of the header and field. */
    public String getCrumbRequestField() {
        return DEFAULT_CRUMB_NAME;
    }

    /** The crumb for the session of the request. */
    public abstract String getCrumb(ServletRequest request);

    /** Whether the request carries the crumb of its session. */
    public abstract boolean validateCrumb(ServletRequest request, String salt, String crumb);
}
