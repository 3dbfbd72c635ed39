package io.jenkins.plugins.shera.nginx.steps;

import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import io.jenkins.plugins.shera.nginx.config.NginxCluster;
import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.nginx.model.RouteTls;
import io.jenkins.plugins.shera.platform.input.Fields;
import java.io.Serializable;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** How a route is served over TLS: {@code tls: [certificate: 'shop', redirect: true, hsts: 31536000]}. */
public class RouteTlsSettings extends AbstractDescribableImpl<RouteTlsSettings> implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int USUAL_REDIRECT = 308;

    private final String certificate;
    private int port;
    private boolean redirect;
    private int redirectStatus = USUAL_REDIRECT;
    private int hsts;
    private boolean hstsSubdomains;
    private boolean http2;

    /** {@code certificate} is its name on the nginx cluster. */
    @DataBoundConstructor
    public RouteTlsSettings(String certificate) {
        this.certificate = Util.fixNull(certificate).trim();
    }

    /** As REST and the command line give them; the caller ends with {@link Fields#done}. */
    public static RouteTlsSettings of(Fields fields) {
        RouteTlsSettings settings = new RouteTlsSettings(fields.text("certificate"));
        settings.setPort(number(fields, "port", settings.getPort()));
        settings.setRedirect(fields.flag("redirect"));
        settings.setRedirectStatus(number(fields, "redirectStatus", settings.getRedirectStatus()));
        settings.setHsts(number(fields, "hsts", settings.getHsts()));
        settings.setHstsSubdomains(fields.flag("hstsSubdomains"));
        settings.setHttp2(fields.flag("http2"));
        return settings;
    }

    /** A number that is out of range stays out of range, and is refused by name later. */
    private static int number(Fields fields, String name, int usual) {
        long given = fields.number(name).orElse(usual);
        return given != (int) given ? -1 : (int) given;
    }

    public String getCertificate() {
        return certificate;
    }

    /** Where nginx speaks TLS; 0 for the cluster's own port. */
    public int getPort() {
        return port;
    }

    @DataBoundSetter
    public void setPort(int port) {
        this.port = port;
    }

    /** Whether the plain port sends clients to TLS in place of serving them. */
    public boolean isRedirect() {
        return redirect;
    }

    @DataBoundSetter
    public void setRedirect(boolean redirect) {
        this.redirect = redirect;
    }

    /** By which status: 308, which keeps the method, or 301 for old clients. */
    public int getRedirectStatus() {
        return redirectStatus;
    }

    @DataBoundSetter
    public void setRedirectStatus(int redirectStatus) {
        this.redirectStatus = redirectStatus;
    }

    /** For how many seconds browsers shall come by TLS alone; 0 for no such header. */
    public int getHsts() {
        return hsts;
    }

    @DataBoundSetter
    public void setHsts(int hsts) {
        this.hsts = hsts;
    }

    /** Whether names below the host are meant, too. */
    public boolean isHstsSubdomains() {
        return hstsSubdomains;
    }

    @DataBoundSetter
    public void setHstsSubdomains(boolean hstsSubdomains) {
        this.hstsSubdomains = hstsSubdomains;
    }

    /** Whether HTTP/2 is offered. */
    public boolean isHttp2() {
        return http2;
    }

    @DataBoundSetter
    public void setHttp2(boolean http2) {
        this.http2 = http2;
    }

    /** The same on this cluster, with a certificate that was found there. */
    RouteTls on(NginxCluster cluster, String id, String version) throws InvalidRouteException {
        if (redirectStatus != 301 && redirectStatus != USUAL_REDIRECT) {
            throw new InvalidRouteException(Messages.RouteTlsSettings_redirect(redirectStatus));
        }
        return new RouteTls(
                        id,
                        version,
                        port == 0 ? cluster.getTlsPort() : port,
                        redirect ? redirectStatus : 0,
                        hsts,
                        hstsSubdomains,
                        http2 ? RouteTls.Http2.ON : RouteTls.Http2.OFF)
                .check();
    }

    @Extension
    public static final class DescriptorImpl extends Descriptor<RouteTlsSettings> {
        @Override
        public String getDisplayName() {
            return Messages.RouteTlsSettings_displayName();
        }
    }
}
