package io.jenkins.plugins.shera.harness.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Finds out who asks (session or basic authentication), signs in and out, and lets the rest of the chain act as that user. */
final class Authentications extends WebFilter {
    private static final String SIGNED_IN = Authentications.class.getName();
    private static final String NAME = SIGNED_IN + ".name";
    private static final String BY_TOKEN = SIGNED_IN + ".token";
    private final Site site;

    Authentications(Site site) {
        this.site = site;
    }

    @Override
    protected void filter(HttpServletRequest request, HttpServletResponse response, FilterChain next)
            throws IOException, ServletException {
        String path = pathOf(request);
        if (path.equals("/j_spring_security_check")) {
            signIn(request, response);
            return;
        }
        if (path.equals("/logout")) {
            signOut(request, response);
            return;
        }
        Object caller = callerOf(request);
        if (caller == null) {
            response.setHeader("WWW-Authenticate", "Basic realm=\"Jenkins\"");
            response.sendError(HttpServletResponse.SC_UNAUTHORIZED, "Invalid password or token");
            return;
        }
        request.setAttribute(NAME, site.nameOf(caller));
        try (Site.Acting acting = site.actAs(caller)) {
            if (site.mayOpen(path)) {
                next.doFilter(request, response);
            } else {
                Denial.answer(request, response, site, caller);
            }
        }
    }

    /** The name of the caller, for whom the crumb is made. */
    static String nameIn(HttpServletRequest request) {
        return String.valueOf(request.getAttribute(NAME));
    }

    private Object callerOf(HttpServletRequest request) {
        String header = request.getHeader("Authorization");
        if (header != null && header.regionMatches(true, 0, "Basic ", 0, 6)) {
            String decoded = decode(header.substring(6).trim());
            int colon = decoded.indexOf(':');
            return colon < 1 ? null : basic(request, decoded.substring(0, colon), decoded.substring(colon + 1));
        }
        HttpSession session = request.getSession(false);
        Object signedIn = session == null ? null : session.getAttribute(SIGNED_IN);
        return signedIn == null ? site.anonymous() : signedIn;
    }

    private Object basic(HttpServletRequest request, String user, String secret) {
        Object byToken = site.authenticateByToken(user, secret);
        if (byToken != null) {
            request.setAttribute(BY_TOKEN, true);
            return byToken;
        }
        return site.authenticate(user, secret);
    }

    /** A program's token is proof enough: no browser sends it by itself. */
    static boolean byToken(HttpServletRequest request) {
        return Boolean.TRUE.equals(request.getAttribute(BY_TOKEN));
    }

    private static String decode(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private void signIn(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!request.getMethod().equals("POST")) {
            response.sendError(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
            return;
        }
        String user = request.getParameter("j_username");
        String password = request.getParameter("j_password");
        String from = LocalAddress.within(request.getParameter("from"));
        Object caller = user == null || password == null ? null : site.authenticate(user, password);
        HttpSession old = request.getSession(false);
        if (old != null) {
            old.invalidate();
        }
        if (caller == null) {
            String back = from.isEmpty() ? "" : "?from=" + URLEncoder.encode(from, StandardCharsets.UTF_8);
            response.sendRedirect(request.getContextPath() + "/loginError" + back);
            return;
        }
        request.getSession(true).setAttribute(SIGNED_IN, caller);
        response.sendRedirect(from.isEmpty() ? request.getContextPath() + "/" : from);
    }

    private static void signOut(HttpServletRequest request, HttpServletResponse response) throws IOException {
        HttpSession session = request.getSession(false);
        if (session != null) {
            session.invalidate();
        }
        response.sendRedirect(request.getContextPath() + "/");
    }
}
