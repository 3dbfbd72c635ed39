package io.jenkins.plugins.shera.nginx.pages;

import hudson.Extension;
import hudson.security.csrf.CrumbExclusion;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Lets KubeNg nodes post to {@link KubengDoor} without a crumb, and to nothing else. */
@Extension
public class KubengCrumbExclusion extends CrumbExclusion {

    @Override
    public boolean process(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String path = request.getPathInfo();
        String door = "/" + KubengDoor.URL;
        if (path == null
                || !path.startsWith(door + "/state/") && !path.startsWith(door + "/adopt/")
                || path.contains("..")
                || path.contains(";")) {
            return false;
        }
        chain.doFilter(request, response);
        return true;
    }
}
