package io.jenkins.plugins.shera.harness.web;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Access denied: a 403, and for somebody not signed in the way to the sign-in page. */
final class Denial {
    static final String SIGN_IN_AT = Denial.class.getName() + ".signInAt";

    private Denial() {}

    static void answer(HttpServletRequest request, HttpServletResponse response, Site site, Object caller)
            throws IOException {
        if (caller.equals(site.anonymous())) {
            String query = request.getQueryString() == null ? "" : "?" + request.getQueryString();
            String from = URLEncoder.encode(request.getRequestURI() + query, StandardCharsets.UTF_8);
            request.setAttribute(SIGN_IN_AT, request.getContextPath() + "/login?from=" + from);
        }
        request.removeAttribute(RequestDispatcher.ERROR_EXCEPTION);
        response.sendError(HttpServletResponse.SC_FORBIDDEN, site.nameOf(caller) + " lacks a permission for this page");
    }
}
