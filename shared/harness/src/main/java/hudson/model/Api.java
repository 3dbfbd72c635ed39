package hudson.model;

import jakarta.servlet.ServletException;
import java.io.IOException;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.export.Flavor;

/** {@code api/json} and {@code api/xml} over an exported bean, with {@code tree}, {@code depth} and {@code pretty}. */
public class Api extends AbstractModelObject {
    /** What goes out. */
    public final Object bean;

    public Api(Object bean) {
        this.bean = bean;
    }

    @Override
    public String getDisplayName() {
        return "API";
    }

    @Override
    public String getSearchUrl() {
        return "api";
    }

    @Override
    public String getSearchName() {
        return getDisplayName();
    }

    /** As JSON; a callback (jsonp) is refused. */
    public void doJson(StaplerRequest2 req, StaplerResponse2 rsp) throws IOException, ServletException {
        if (req.getParameter("jsonp") != null) {
            rsp.sendError(403, "jsonp forbidden; implement jenkins.security.SecureRequester");
            return;
        }
        setHeaders(rsp);
        rsp.serveExposedBean(req, bean, Flavor.JSON);
    }

    /** As XML; XPath is not offered here. */
    public void doXml(
            StaplerRequest2 req,
            StaplerResponse2 rsp,
            @QueryParameter String xpath,
            @QueryParameter String wrapper,
            @QueryParameter String tree,
            @QueryParameter int depth)
            throws IOException, ServletException {
        if (xpath != null || wrapper != null) {
            rsp.sendError(400, "This stand-in answers no XPath; use tree");
            return;
        }
        setHeaders(rsp);
        rsp.serveExposedBean(req, bean, Flavor.XML);
    }

    protected void setHeaders(StaplerResponse2 rsp) {
        rsp.setHeader("X-Jenkins", Jenkins.VERSION);
        rsp.setHeader("X-Content-Type-Options", "nosniff");
        rsp.setHeader("X-Frame-Options", "deny");
    }
}
