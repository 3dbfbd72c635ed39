package io.jenkins.plugins.shera.platform.pages;

import hudson.Extension;
import hudson.security.csrf.CrumbExclusion;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Lets outside systems post to {@link WebhookAction} without a crumb, and to nothing else. */
@Extension
public class WebhookCrumbExclusion extends CrumbExclusion {

    @Override
    public boolean process(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String path = request.getPathInfo();
        if (path == null
                || !path.startsWith("/" + WebhookAction.URL + "/post/")
                || path.contains("..")
                || path.contains(";")) {
            return false;
        }
        chain.doFilter(request, response);
        return true;
    }
}
