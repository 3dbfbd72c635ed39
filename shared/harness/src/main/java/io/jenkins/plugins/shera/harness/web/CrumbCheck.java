package io.jenkins.plugins.shera.harness.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Every POST carries a crumb or an API token, or was excluded by a plugin. */
final class CrumbCheck extends WebFilter {
    private final Site site;

    CrumbCheck(Site site) {
        this.site = site;
    }

    @Override
    protected void filter(HttpServletRequest request, HttpServletResponse response, FilterChain next)
            throws IOException, ServletException {
        if (!request.getMethod().equals("POST") || Authentications.byToken(request)) {
            next.doFilter(request, response);
            return;
        }
        if (site.excluded(new Unaliased(request), response, next)) {
            return;
        }
        if (!site.provesItsOrigin(request)) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN, "No valid crumb was included in the request");
            return;
        }
        next.doFilter(request, response);
    }

    /** Exclusions judge by the path that Stapler will route, not by how it was spelled. */
    private static final class Unaliased extends HttpServletRequestWrapper {
        Unaliased(HttpServletRequest request) {
            super(request);
        }

        @Override
        public String getPathInfo() {
            return pathOf((HttpServletRequest) getRequest());
        }
    }
}
