package io.jenkins.plugins.shera.nginx.pages;

import hudson.Extension;
import hudson.security.csrf.CrumbExclusion;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;

/** Lets KubeNg nodes post to {@link KubengDoor} without a crumb, and to nothing else. */
@Extension
public class KubengCrumbExclusion extends CrumbExclusion {
    private static final List<String> POSTS = List.of("state", "adopt", "figures");

    @Override
    public boolean process(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String path = request.getPathInfo();
        String door = "/" + KubengDoor.URL;
        if (path == null
                || POSTS.stream().noneMatch(post -> path.startsWith(door + "/" + post + "/"))
                || path.contains("..")
                || path.contains(";")) {
            return false;
        }
        chain.doFilter(request, response);
        return true;
    }
}
