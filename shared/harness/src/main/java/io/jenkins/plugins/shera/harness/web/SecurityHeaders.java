package io.jenkins.plugins.shera.harness.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The headers of Jenkins 2.541 with its Content-Security-Policy enforced, which a new Jenkins only reports at first. */
final class SecurityHeaders extends WebFilter {
    /** What jenkins.security.csp builds from its base and compatible contributors, usage statistics off. */
    static final String POLICY = "base-uri 'none'; default-src 'self'; form-action 'self'; frame-ancestors 'self';"
            + " img-src 'self' data:; script-src 'report-sample' 'self';"
            + " style-src 'report-sample' 'self' 'unsafe-inline';";

    @Override
    protected void filter(HttpServletRequest request, HttpServletResponse response, FilterChain next)
            throws IOException, ServletException {
        response.setHeader("Content-Security-Policy", POLICY);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("X-Frame-Options", "sameorigin");
        response.setHeader("Referrer-Policy", "same-origin");
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        next.doFilter(request, response);
    }
}
