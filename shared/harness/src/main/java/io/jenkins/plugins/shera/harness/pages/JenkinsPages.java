package io.jenkins.plugins.shera.harness.pages;

import hudson.model.Descriptor;
import hudson.model.Failure;
import io.jenkins.plugins.shera.harness.web.Adjuncts;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.GlobalConfiguration;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.WebMethod;
import org.kohsuke.stapler.framework.adjunct.AdjunctManager;
import org.kohsuke.stapler.verb.POST;

/** What the root answers beside its views: adjuncts, the crumb issuer, the management pages. */
public final class JenkinsPages {
    private final Jenkins jenkins;

    JenkinsPages(Jenkins jenkins) {
        this.jenkins = jenkins;
    }

    /** Scripts and styles that stand beside classes; the token only makes the address change. */
    public AdjunctManager getAdjuncts(String token) {
        return Adjuncts.manager();
    }

    /** The descriptor of that id, as the addresses of help files name it. */
    public Descriptor<?> getDescriptor(String id) {
        return jenkins.getDescriptorByName(id);
    }

    /** The issuer, by that name as in Jenkins. */
    public Crumbs getCrumbIssuer() {
        return new Crumbs();
    }

    /** The management pages. */
    public ManagePages getManage() {
        jenkins.checkPermission(Jenkins.ADMINISTER);
        return new ManagePages(jenkins);
    }

    /** Saves the global configuration. */
    @POST
    public HttpResponse doConfigSubmit(StaplerRequest2 request) throws IOException, ServletException {
        jenkins.checkPermission(Jenkins.ADMINISTER);
        JSONObject form = request.getSubmittedForm();
        List<String> refused = new ArrayList<>();
        for (GlobalConfiguration each : globalConfigurations()) {
            JSONObject json = form.optJSONObject(each.getJsonSafeClassName());
            try {
                if (!each.configure(request, json == null ? new JSONObject() : json)) {
                    refused.add(each.getDisplayName());
                }
            } catch (Descriptor.FormException e) {
                refused.add(each.getDisplayName() + ": " + e.getMessage());
            }
        }
        jenkins.save();
        if (!refused.isEmpty()) {
            throw HttpResponses.error(400, new Failure(String.join("; ", refused)));
        }
        return HttpResponses.redirectTo(request.getContextPath() + "/manage/");
    }

    /** The quick way to the global configuration. */
    @WebMethod(name = "configure")
    public void doConfigure(StaplerRequest2 request, StaplerResponse2 response) throws IOException {
        response.sendRedirect(request.getContextPath() + "/manage/configure");
    }

    /** Those that have a page of their own to draw, by ordinal. */
    static List<GlobalConfiguration> globalConfigurations() {
        List<GlobalConfiguration> drawn = new ArrayList<>();
        for (GlobalConfiguration each : GlobalConfiguration.all()) {
            if (each.getGlobalConfigPage() != null) {
                drawn.add(each);
            }
        }
        return drawn;
    }
}
