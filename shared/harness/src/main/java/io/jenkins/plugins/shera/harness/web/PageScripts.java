package io.jenkins.plugins.shera.harness.web;

import hudson.Functions;
import io.jenkins.plugins.shera.harness.pages.HostPage;
import org.apache.commons.jelly.JellyContext;
import org.apache.commons.jelly.Script;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.jelly.DefaultScriptInvoker;

/** Gives every view the variable names of today's Jenkins. */
final class PageScripts extends DefaultScriptInvoker {
    @Override
    protected JellyContext createContext(StaplerRequest2 request, StaplerResponse2 response, Script script, Object it) {
        JellyContext context = super.createContext(request, response, script, it);
        String root = request.getContextPath();
        context.setVariable("request2", request);
        context.setVariable("response2", response);
        context.setVariable("rootURL", root);
        context.setVariable("resURL", root + StaticFiles.resourcePath());
        context.setVariable("imagesURL", root + StaticFiles.resourcePath() + "/images");
        context.setVariable("host", new HostPage(request));
        context.setVariable("h", new Functions());
        return context;
    }
}
